/** The buttons of a list of conversations, and the focus among them. */
export interface Triggers {
  /** Keeps the trigger of a thread until the returned function is called. Gives it the focus where that is waited for. */
  readonly add: (threadKey: string, trigger: HTMLElement) => () => void
  readonly setNew: (button: HTMLElement | null) => void
  /** The next trigger of this thread has the focus. */
  readonly awaitFocus: (threadKey: string | null) => void
  /** Moves the focus from one to another, of those in this order. Says whether the key is one that does. */
  readonly move: (order: readonly string[], from: string, key: string) => boolean
  /** Unless something has the focus, the trigger gets it that has come into the place of one that is gone, else the one before, else the button that begins anew. */
  readonly focusNear: (before: readonly string[], order: readonly string[]) => void
}

/** A list without a button yet. */
export function createTriggers(): Triggers {
  const triggers = new Map<string, HTMLElement>()
  let begin: HTMLElement | null = null
  let awaited: string | null = null

  return {
    add(threadKey, trigger) {
      triggers.set(threadKey, trigger)
      if (awaited === threadKey) {
        awaited = null
        trigger.focus()
      }
      return () => {
        if (triggers.get(threadKey) === trigger) triggers.delete(threadKey)
      }
    },
    setNew(button) {
      begin = button
    },
    awaitFocus(threadKey) {
      awaited = threadKey
    },
    move(order, from, key) {
      const shown = order.filter((threadKey) => triggers.has(threadKey))
      const place = shown.indexOf(from)
      const places: Readonly<Record<string, number>> = {
        ArrowDown: Math.min(place + 1, shown.length - 1),
        ArrowUp: Math.max(place - 1, 0),
        Home: 0,
        End: shown.length - 1,
      }
      const to = places[key]
      if (to === undefined) return false
      triggers.get(shown[to] ?? '')?.focus()
      return true
    },
    focusNear(before, order) {
      const place = before.findIndex((threadKey) => !order.includes(threadKey))
      const neighbour = order[place] ?? order[place - 1] ?? ''
      const target = triggers.get(neighbour) ?? begin
      const { activeElement = null, body } = target?.ownerDocument ?? {}
      if (activeElement === null || activeElement === body) target?.focus()
    },
  }
}
