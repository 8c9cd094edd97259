import type { ReadableStore, ThreadState } from '@fluokit/core'

export interface KeptFocus {
  /** Takes the focus back onto the page, if what had it in the log has just gone away. */
  readonly restore: (input: HTMLElement | null) => void
  readonly stop: () => void
}

/**
 * Remembers what has the focus in a log. When that goes away with the turns around it, the focus moves to the log, where
 * no keyboard opens on the screen; when a keyboard has begun the thread from a suggestion, to the input.
 */
export function keepFocus(log: HTMLElement, store: ReadableStore<ThreadState>): KeptFocus {
  let focused: Element | null = null
  let isBegunByKeyboard = false

  function onFocusIn({ target }: FocusEvent): void {
    focused = target as Element
  }

  function onFocusOut(): void {
    // Some browsers tell of this for what is removed as well: then it is not on the page a moment later.
    queueMicrotask(() => {
      if (focused?.isConnected === true && focused !== log.ownerDocument.activeElement)
        focused = null
    })
  }

  // The store tells before anything is rendered: what is about to go away can still be asked.
  function onChange(state: ThreadState, before: ThreadState): void {
    if (state.turns[0]?.id === before.turns[0]?.id) return
    isBegunByKeyboard = before.turns.length === 0 && focused?.matches(':focus-visible') === true
  }

  log.addEventListener('focusin', onFocusIn, { passive: true })
  log.addEventListener('focusout', onFocusOut, { passive: true })
  const unsubscribe = store.subscribe(onChange)

  return {
    restore(input) {
      const { activeElement, body } = log.ownerDocument
      const isLost = focused?.isConnected === false && (activeElement ?? body) === body
      const target = isBegunByKeyboard ? (input ?? log) : log
      isBegunByKeyboard = false
      if (!isLost) return
      focused = null
      target.focus({ preventScroll: true })
    },
    stop() {
      unsubscribe()
      log.removeEventListener('focusin', onFocusIn)
      log.removeEventListener('focusout', onFocusOut)
    },
  }
}
