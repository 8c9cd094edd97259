import type { FluoErrorCode } from '@fluokit/core/wire'
import type { RelayLogEntry } from './relay-log.ts'

/** How a run ended, for the log; `refused` is logged by who refuses. */
export interface RunEnding {
  readonly end: NonNullable<RelayLogEntry['end']> | 'refused'
  readonly code?: FluoErrorCode
  readonly detail?: string
}

/** The one place where a run ends, whoever ends it: the first call closes the upstream request, later ones do nothing. */
export interface RunEnd {
  readonly abort: AbortController
  readonly isEnded: boolean
  end(ending: RunEnding): void
}

/** A run whose browser leaving, by `left`, ends it. `onEnd` is called once. */
export function createRunEnd(left: AbortSignal, onEnd: (ending: RunEnding) => void): RunEnd {
  const abort = new AbortController()
  let isEnded = false
  const end = (ending: RunEnding): void => {
    if (isEnded) return
    isEnded = true
    left.removeEventListener('abort', leave)
    abort.abort()
    onEnd(ending)
  }
  const leave = (): void => end({ end: 'left' })
  left.addEventListener('abort', leave, { once: true })
  if (left.aborted) leave()
  return {
    abort,
    end,
    get isEnded() {
      return isEnded
    },
  }
}
