/** When the next frame is: calls back once, unless the returned function is called first. */
export type FrameScheduler = (callback: () => void) => () => void

export interface FrameCommit {
  /** Asks for a commit with the next frame; asking again before it changes nothing. */
  request(): void
  /** Takes the request back. */
  cancel(): void
}

/** At most one commit a frame. */
export function createFrameCommit(schedule: FrameScheduler, commit: () => void): FrameCommit {
  let isRequested = false
  let cancelFrame: (() => void) | undefined

  function run(): void {
    isRequested = false
    commit()
  }

  return {
    request() {
      if (isRequested) return
      isRequested = true // before the call: a scheduler may call back at once
      cancelFrame = schedule(run)
    },
    cancel() {
      if (isRequested) cancelFrame?.()
      isRequested = false
    },
  }
}

/** A page that is hidden gets no frames: it is served by this timer, in milliseconds. */
const hiddenInterval = 100

/** Animation frames where there are any, and a timer while the page is hidden or where there is no page. */
export const animationFrames: FrameScheduler = (callback) => {
  const frame = typeof requestAnimationFrame === 'function' ? requestAnimationFrame(run) : undefined
  let timer = setTimeout(onTimer, frame === undefined ? 16 : hiddenInterval)

  function run(): void {
    cancel()
    callback()
  }
  function onTimer(): void {
    if (frame === undefined || isHidden()) run()
    else timer = setTimeout(onTimer, hiddenInterval)
  }
  function cancel(): void {
    clearTimeout(timer)
    if (frame !== undefined) cancelAnimationFrame(frame)
  }
  return cancel
}

function isHidden(): boolean {
  const page = (globalThis as { document?: { visibilityState?: string } }).document
  return page?.visibilityState !== 'visible'
}
