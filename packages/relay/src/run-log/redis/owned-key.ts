import type { RunEnd } from '@fluokit/core/wire'
import type { RunOwner, RunPiece } from '../run-log.ts'
import { RedisFault } from './redis-fault.ts'
import type { RunLife, RunScripts } from './run-scripts.ts'

export interface OwnedKeySetup {
  readonly life: RunLife
  readonly scripts: RunScripts
  readonly onNews: RunOwner
  /** What was written behind a cursor. */
  readonly onWritten: (after: number, piece: RunPiece) => void
}

/** A run that is this log's to write: one call after another, each once. */
export interface OwnedKey {
  readonly life: RunLife
  readonly onNews: RunOwner
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
  /** A call failed: frames are missing, and only an end may follow. */
  let hasGap = false
  /** Nobody knows whether it was done: the end goes behind whatever there is. */
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
    const end = hasGap && how === 'done' ? 'interrupted' : how
    const first = isInDoubt ? 0 : head + 1
    let said: 'written' | 'lost' | 'full'
    try {
      said = await scripts.write(life, { first, frames, end, isFree })
    } catch (thrown) {
      hasGap = true
      isInDoubt ||= !(thrown instanceof RedisFault && thrown.code === 'OOM') // that one has done nothing
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
      const said = await inTurn(async () => (hasGap ? 'lost' : write(frames, null, false)))
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
