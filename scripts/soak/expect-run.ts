import type { RunEnd } from '../../packages/core/src/index.ts'
import { bytesOf, type Recording } from './recordings.ts'
import { referenceSse } from './reference-sse.ts'

/**
 * What a client can see of an answer: `whole`, all of it and a clean end; `clean`, a part and a clean end; `broken`,
 * a part and a break; `unanswered`, a break before the body; `stalled`, a part and nothing more.
 */
export type Sight = 'whole' | 'clean' | 'broken' | 'unanswered' | 'stalled'

/** What must be on the page once a run is over. */
export interface ExpectedRun {
  readonly end: RunEnd
  readonly text: string
  readonly thinking: string
  readonly calls: readonly ('unfinished' | 'done')[]
  readonly threadRef: string | null
}

/**
 * What the promises ask of a run of which so many bytes of the body arrived. Told from the recording by the rules of
 * the standard, without a line of the code that is tested. A run that stalled is stopped by hand where `stallEnd` says so.
 */
export function expectRun(
  recording: Recording,
  sight: Sight,
  arrived: number,
  stallEnd: RunEnd,
): ExpectedRun {
  const all = bytesOf(recording)
  const read =
    sight === 'whole' ? all : sight === 'unanswered' ? all.slice(0, 0) : all.slice(0, arrived)
  const frames = recording.frames.slice(0, referenceSse(read).length)
  const isSettled = frames.at(-1)?.isFinal === true
  const isEnded = frames.some(({ call }) => call === 'end')
  return {
    end: endOf(),
    text: frames.map(({ says = '' }) => says).join(''),
    thinking: frames.map(({ thinks = '' }) => thinks).join(''),
    calls: frames.some(({ call }) => call === 'start') ? [isEnded ? 'done' : 'unfinished'] : [],
    threadRef: frames.findLast(({ threadRef }) => threadRef !== undefined)?.threadRef ?? null,
  }

  function endOf(): RunEnd {
    if (sight === 'stalled') return stallEnd
    if (frames.length === 0) return 'failed'
    const isClean = sight === 'whole' || sight === 'clean'
    return isClean && isSettled ? 'done' : 'interrupted'
  }
}
