import {
  decodeEvent,
  guardThread,
  type FluoEvent,
  type SseMessage,
} from '../../packages/core/src/wire/index.ts'
import { fold } from '../../packages/core/src/thread/fold.ts'
import { emptyRun, type Run } from '../../packages/core/src/thread/thread-state.ts'
import { watchDeltas } from '../../packages/core/src/thread/watch-deltas.ts'
import { names } from '../../packages/core/src/wire/payload-names.ts'
import { leavesOf, parseData, stringsIn, type Leaf } from './field-paths.ts'
import { safeNames, type IsSafeName } from './safe-names.ts'
import type { Turn } from './take-turn.ts'

/** One message of the stream and what the kit makes of it. */
export interface Sighting {
  /** The event's name as it may be printed: the SSE name, or else the type in the payload. */
  readonly name: string
  readonly message: SseMessage
  readonly leaves: readonly Leaf[]
  readonly events: readonly FluoEvent[]
  readonly isMalformed: boolean
}

/** Everything that was learnt of a turn. Only what goes through `isSafe` may be printed. */
export interface Survey {
  readonly sightings: readonly Sighting[]
  readonly threadIds: readonly string[]
  readonly hasConflict: boolean
  readonly looksCumulative: boolean
  /** The run as the kit would show it, before its stream ended. */
  readonly run: Run
  readonly isSafe: IsSafeName
}

/** Reads a turn as the kit would, and notes how. */
export function surveyTurn({ messages }: Turn, secrets: readonly string[]): Survey {
  const decoded = messages.map((message) => ({ message, events: decodeEvent(message) }))
  const events = decoded.flatMap((one) => one.events)
  const threadIds = [...new Set(events.flatMap(threadOf))]
  const values = new Set(messages.flatMap(({ data }) => stringsIn(parseData(data) ?? data)))
  const isSafe = safeNames([...secrets, ...threadIds], values)
  const guard = guardThread(null)
  const guarded = events.flatMap((event) => guard.check(event))
  let looksCumulative = false
  const watch = watchDeltas(() => (looksCumulative = true))
  events.forEach(watch)
  return {
    sightings: decoded.map((one) => ({
      ...one,
      name: nameOf(one.message, isSafe),
      leaves: leavesOf(one.message.data, isSafe),
      isMalformed: isMalformed(one.message.data),
    })),
    threadIds,
    hasConflict: threadIds.length > 1,
    looksCumulative,
    run: guarded.reduce(fold, emptyRun('check')),
    isSafe,
  }
}

function threadOf(event: FluoEvent): readonly string[] {
  return 'threadRef' in event && event.threadRef !== undefined ? [event.threadRef] : []
}

function nameOf({ event, data }: SseMessage, isSafe: IsSafeName): string {
  if (event !== 'message' && event !== '') return isSafe(event) ? event : '<name>'
  const type = typeIn(parseData(data))
  if (type === undefined) return '(no name)'
  return `(no name) ${isSafe(type) ? type : '<name>'}`
}

/** The type in a payload, on top or in its `data`, where the kit looks for it. */
function typeIn(payload: unknown): string | undefined {
  if (typeof payload !== 'object' || payload === null) return undefined
  const fields: Readonly<Record<string, unknown>> = { ...payload }
  for (const name of names.type) {
    const type = fields[name]
    if (typeof type === 'string' && type !== '') return type
  }
  return typeIn(fields['data'])
}

/** Data that begins as a JSON object and is none. */
function isMalformed(data: string): boolean {
  return /^\s*\{\s*"/.test(data) && parseData(data) === undefined
}
