/** A number of places that are taken in the order in which they are asked for. */
export interface Slots {
  /** Resolves with a function that gives the place back, or rejects once the signal aborts. */
  take(signal: AbortSignal): Promise<() => void>
}

/** As many places as `count` says. */
export function createSlots(count: number): Slots {
  let free = count
  const line: (() => void)[] = []
  const giveBack = (): void => {
    const next = line.shift()
    if (next === undefined) free += 1
    else next()
  }
  return {
    async take(signal) {
      signal.throwIfAborted()
      if (free > 0) free -= 1
      else await turnIn(line, signal)
      let isTaken = true
      return () => {
        if (isTaken) giveBack()
        isTaken = false
      }
    },
  }
}

function turnIn(line: (() => void)[], signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const enter = (): void => {
      signal.removeEventListener('abort', leave)
      resolve()
    }
    const leave = (): void => {
      line.splice(line.indexOf(enter), 1)
      reject(signal.reason as Error)
    }
    line.push(enter)
    signal.addEventListener('abort', leave, { once: true })
  })
}
