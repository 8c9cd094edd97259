import { streamAnswer } from './answer.ts'
import type { Exchange } from './exchange.ts'
import { writeFrame, writeRunEnd } from './frame.ts'
import { pullStream } from './pull-stream.ts'
import { Refusal } from './refusal.ts'
import type { RelayParts } from './relay-parts.ts'
import type { RunPiece } from './run-log/run-log.ts'

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
  if (release === null) throw tooMany('limits.readersPerUser')
  const left = new AbortController()
  const leave = (): void => {
    signal.removeEventListener('abort', leave)
    left.abort()
    local?.leave()
    release()
  }
  const local = runs.get(key)?.join()
  if (signal.aborted) left.abort() // the log still counts a reader that came and left
  signal.addEventListener('abort', leave, { once: true })

  const pieces = await runLog.read(key, after, left.signal).catch((thrown: unknown) => {
    leave()
    throw thrown
  })
  if (signal.aborted || pieces === null) leave()
  if (pieces === null) return null

  async function* texts(from: AsyncIterable<RunPiece>): AsyncGenerator<string, void, undefined> {
    try {
      for await (const { frames, end } of from) {
        const last = frames.at(-1)
        const text = frames.map(writeFrame).join('')
        if (end === null) yield text
        else return yield text + writeRunEnd(end)
        if (last !== undefined) local?.taken(last.cursor)
      }
    } catch (thrown) {
      const detail = thrown instanceof Error ? thrown.message : 'The run log failed.'
      exchange.log({ level: 'warn', event: 'reader-lost', detail })
      throw thrown
    } finally {
      leave()
    }
  }
  const { keepAliveMs, blockedMs } = limits
  return streamAnswer(
    exchange,
    pullStream(texts(pieces), { keepAliveMs, blockedMs, onLeave: leave }),
  )
}

/** A user has as much open as one may: in a while something of it will be over. */
export function tooMany(limit: string): Refusal {
  return new Refusal(429, 'rate-limited', {
    detail: `The user is over ${limit}.`,
    retryAt: Date.now() + 5000,
  })
}
