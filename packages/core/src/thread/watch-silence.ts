/** After how much silence of a stream something is done, in milliseconds; 0 or Infinity is never. */
export interface SilenceLimits {
  readonly slowAfterMs: number
  readonly stallAfterMs: number
}

export interface SilenceWatch {
  /** Bytes have come. */
  heard(): void
  /** Nothing is watched any more, and no timer is left. */
  end(): void
}

/** A timer that fires later than this slept with the machine or was held back by the browser. */
const tolerated = 1000

/** How long what waits to be read has to come in before a late timer judges. */
const grace = 2000

/** How often in a row it gets that chance: in a hidden page every timer is late. */
const mostChances = 3

/** Browsers take no longer timer. */
const longestTimer = 2 ** 31 - 1

/**
 * Watches a stream for silence: `onSlow(true)` once after `slowAfterMs`, `onSlow(false)` with the next byte, `onStall`
 * after `stallAfterMs`. Time is told by a clock that nobody sets, not by counting timers; what a late timer finds
 * unread gets a chance first. Bytes cost a look at the clock, no timer.
 */
export function watchSilence(
  limits: SilenceLimits,
  { onSlow, onStall }: { onSlow: (isSlow: boolean) => void; onStall: () => void },
): SilenceWatch {
  const slowAfter = limits.slowAfterMs > 0 ? limits.slowAfterMs : Infinity
  const stallAfter = limits.stallAfterMs > 0 ? limits.stallAfterMs : Infinity
  let heardAt = performance.now()
  let isSlow = false
  let chances = 0
  let due = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  armForNext()

  function nextLimit(): number {
    return isSlow ? stallAfter : Math.min(slowAfter, stallAfter)
  }

  function armForNext(): void {
    chances = 0
    clearTimeout(timer)
    if (nextLimit() < Infinity) arm(heardAt + nextLimit() - performance.now())
  }

  function arm(milliseconds: number): void {
    const delay = Math.min(milliseconds, longestTimer)
    due = performance.now() + delay
    timer = setTimeout(look, delay)
  }

  function look(): void {
    const now = performance.now()
    const silence = now - heardAt
    if (silence < nextLimit()) return armForNext()
    if (now - due > tolerated && chances < mostChances) {
      chances += 1
      return arm(grace)
    }
    if (silence >= stallAfter) return onStall()
    isSlow = true
    armForNext()
    onSlow(true)
  }

  return {
    heard() {
      heardAt = performance.now()
      if (!isSlow) return
      isSlow = false
      armForNext()
      onSlow(false)
    },
    end: () => clearTimeout(timer),
  }
}
