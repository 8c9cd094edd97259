import { streamAnswer } from '../answer/answer.ts'
import type { Exchange } from '../answer/exchange.ts'
import { writeFrame, writeRunEnd } from '../answer/frame.ts'
import { pullStream } from '../answer/pull-stream.ts'
import { tooMany } from './assert-room.ts'
import type { RelayParts } from '../relay-parts.ts'
import type { RunPiece } from '../run-log/run-log.ts'

export interface FollowedRun {
  readonly key: string
  /** The cursor to read on from; 0 for the first event. */
  readonly after: number
  readonly userId: string
  /** The browser's: when it aborts, the reader has left. */
  readonly signal: AbortSignal
  readonly exchange: Exchange
}

/**
 * The stream of a run, from its log: what is there, what comes, and how it ended. Null where the log has no such run.
 * Refuses with 429 a user who reads too many streams at once.
 */
export async function followRun(
  { key, after, userId, signal, exchange }: FollowedRun,
  { runLog, runs, readers, limits }: RelayParts,
): Promise<Response | null> {
  const release = readers.take(userId, limits.readersPerUser)
  if (release === null) throw tooMany('The user is over limits.readersPerUser.')
  const local = runs.get(key)?.join()
  let iterator: AsyncIterator<RunPiece> | undefined
  const leave = (): void => {
    signal.removeEventListener('abort', leave)
    void iterator?.return?.()
    local?.leave()
    release()
  }
  signal.addEventListener('abort', leave, { once: true })

  const pieces = await runLog.read(key, after, signal).catch((thrown: unknown) => {
    leave()
    throw thrown
  })
  if (signal.aborted || pieces === null) leave()
  if (pieces === null) return null

  const frames = pieces[Symbol.asyncIterator]()
  iterator = frames
  let isOver = false
  let cursor = 0
  const next = async (): Promise<string | null> => {
    local?.taken(cursor) // whoever asks for more has taken what was there
    if (isOver) return null
    try {
      const { done, value } = await frames.next()
      if (done === true) return null
      isOver = value.end !== null
      cursor = value.frames.at(-1)?.cursor ?? cursor
      const text = value.frames.map(writeFrame).join('')
      return value.end === null ? text : text + writeRunEnd(value.end)
    } catch (thrown) {
      const detail = thrown instanceof Error ? thrown.message : 'The run log failed.'
      exchange.log({ level: 'warn', event: 'reader-lost', detail })
      throw thrown
    }
  }
  const { keepAliveMs, blockedMs } = limits
  return streamAnswer(exchange, pullStream({ next, keepAliveMs, blockedMs, onClose: leave }))
}
