/** When the next frame is: calls back once, unless the returned function is called first. */
export type FrameScheduler = (callback: () => void) => () => void

export interface FrameCommit {
  /** Asks for a commit with the next frame; asking again before it changes nothing. */
  request(): void
  /** Commits at once, or with the next frame where this one has had its commit. */
  hurry(): void
  /** Something else has been committed, which the next frame paints: all that is asked for waits for the one after. */
  giveWay(): void
  /** Takes the request back. */
  cancel(): void
}

/** At most one commit a frame: what is committed between two frames is painted with the second, which then has none of its own. */
export function createFrameCommit(schedule: FrameScheduler, commit: () => boolean): FrameCommit {
  let isRequested = false
  let isScheduled = false
  let hasCommitted = false // since the last frame began
  let isPainted = true // what was committed, or it will be before the next frame calls back
  let cancelFrame: (() => void) | undefined

  function awaitFrame(): void {
    if (isScheduled) return
    isScheduled = true // before the call: a scheduler may call back at once
    cancelFrame = schedule(onFrame)
  }

  function onFrame(): void {
    isScheduled = hasCommitted = false
    const isFree = isPainted
    isPainted = true
    if (!isRequested) return
    if (isFree) return run(true)
    hasCommitted = true // nothing overtakes what waits for the next one
    awaitFrame()
  }

  function run(isInFrame: boolean): void {
    isRequested = false
    if (!commit()) return
    hasCommitted = true
    isPainted = isInFrame
    awaitFrame()
  }

  function request(): void {
    isRequested = true
    awaitFrame()
  }

  return {
    request,
    hurry() {
      if (hasCommitted) request()
      else run(false)
    },
    giveWay() {
      hasCommitted = true
      isPainted = false
      awaitFrame()
    },
    cancel() {
      if (isScheduled) cancelFrame?.()
      isScheduled = isRequested = hasCommitted = false
      isPainted = true
    },
  }
}

/** A page that is hidden gets no frames: it is served by this timer, in milliseconds. */
const hiddenInterval = 100

/**
 * Animation frames where there are any, and a timer while the page is hidden or where there is no page. While frames come, one
 * timer looks after all of them: setting and clearing one for each would cost as much as folding what it brings.
 */
export function createAnimationFrames(): FrameScheduler {
  const waiting = new Set<() => void>()
  let timer: ReturnType<typeof setTimeout> | undefined

  function look(): void {
    timer = undefined
    if (waiting.size === 0) return
    const due = isHidden() ? [...waiting] : []
    for (const run of due) run()
    timer ??= setTimeout(look, hiddenInterval)
  }

  return (callback) => {
    if (typeof requestAnimationFrame !== 'function') {
      const frame = setTimeout(callback, 16)
      return () => clearTimeout(frame)
    }
    const frame = requestAnimationFrame(run)
    waiting.add(run)
    timer ??= setTimeout(look, hiddenInterval)

    function run(): void {
      cancel()
      callback()
    }
    function cancel(): void {
      waiting.delete(run)
      cancelAnimationFrame(frame)
    }
    return cancel
  }
}

function isHidden(): boolean {
  const page = (globalThis as { document?: { visibilityState?: string } }).document
  return page?.visibilityState !== 'visible'
}
