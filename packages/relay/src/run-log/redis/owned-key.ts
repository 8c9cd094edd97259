import type { RunEnd } from '@fluokit/core/wire'
import type { RunPiece } from '../run-log.ts'
import type { RunLife, RunScripts } from './run-scripts.ts'

export interface OwnedKeySetup {
  readonly life: RunLife
  readonly scripts: RunScripts
  readonly onNews: () => void
  /** What was written behind a cursor. */
  readonly onWritten: (after: number, piece: RunPiece) => void
}

/** A run that is this log's to write: one call after another, each once. */
export interface OwnedKey {
  readonly life: RunLife
  readonly onNews: () => void
  /** Somebody here asked for a stop. */
  isStopAsked: boolean
  /** When its owner last showed itself, by `performance.now()`. */
  renewedAt: number
  /** False: the run is not this log's any more. Rejects for a run that became too large. */
  append(frames: readonly string[]): Promise<boolean>
  end(frames: readonly string[], end: RunEnd, isFree: boolean): Promise<void>
}

/** A run that was just acquired. */
export function createOwnedKey({ life, scripts, onNews, onWritten }: OwnedKeySetup): OwnedKey {
  let head = 0
  let isOver = false
  /** A call failed, and nobody knows whether it was done: only an end may follow, behind whatever there is. */
  let isInDoubt = false
  let last: Promise<unknown> = Promise.resolve()

  function inTurn<Value>(write: () => Promise<Value>): Promise<Value> {
    const turn = last.then(write)
    last = turn.catch(() => undefined)
    return turn
  }

  async function write(
    given: readonly string[],
    how: RunEnd | null,
    isFree: boolean,
  ): Promise<'written' | 'lost' | 'full'> {
    const frames = isInDoubt ? [] : given
    const end = isInDoubt && how === 'done' ? 'interrupted' : how
    const first = isInDoubt ? 0 : head + 1
    let said: 'written' | 'lost' | 'full'
    try {
      said = await scripts.write(life, { first, frames, end, isFree })
    } catch (thrown) {
      isInDoubt = true
      throw thrown
    }
    if (said !== 'written' || isInDoubt) return said
    const after = head
    head += frames.length
    onWritten(after, {
      frames: frames.map((frame, index) => ({ cursor: after + 1 + index, frame })),
      end,
    })
    return said
  }

  return {
    life,
    onNews,
    isStopAsked: false,
    renewedAt: performance.now(),
    async append(frames) {
      if (isOver) return false
      const said = await inTurn(async () => (isInDoubt ? 'lost' : write(frames, null, false)))
      if (said === 'full') throw new Error('The run has more bytes than maxRunBytes of its log.')
      return said === 'written'
    },
    async end(frames, end, isFree) {
      if (isOver) return
      isOver = true
      await inTurn(() => write(frames, end, isFree))
    },
  }
}
