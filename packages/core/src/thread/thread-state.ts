import type { FluoError } from '../wire/errors.ts'
import type { RunEnd } from '../wire/run-end-mark.ts'
import type { TurnInput } from '../wire/run-request.ts'
import type { ToolCallPart } from './tool-call-part.ts'

export type * from './tool-call-part.ts'
export type { RunEnd }

/** Whether a thread can take a turn: `ready`, `submitted` until the first event, `streaming`, or `error` after a failed end. */
export type ThreadStatus = 'ready' | 'submitted' | 'streaming' | 'error'

/**
 * What the connection is doing right now. `slow`: a run is open and not a byte has come for a while. `resuming`: its
 * connection was lost, or its page left, and it is looked for. `waiting`: refused by a rate limit, and asked again by itself at
 * `error.retryAt`.
 */
export type Activity = 'idle' | 'connecting' | 'open' | 'slow' | 'resuming' | 'waiting'

/**
 * One conversation as plain data. Settled turns keep their identity for ever; only the last turn is replaced while
 * an answer arrives, at most once a frame.
 */
export interface ThreadState {
  readonly turns: readonly Turn[]
  readonly status: ThreadStatus
  readonly activity: Activity
  readonly error: FluoError | null
  /** True until what is remembered of this thread has been read; a send waits for it. */
  readonly isRestoring: boolean
  /** Whether another tab is writing this thread: a send would be refused. */
  readonly writer: 'here' | 'another-tab'
  /** Turns that wait for the run before them to end, in order; always empty without `whenBusy: 'queue'`. */
  readonly queued: readonly QueuedTurn[]
}

/** A turn that was sent while a run was open. It becomes a turn of the same ID. `queuedAt` is milliseconds since the epoch. */
export interface QueuedTurn {
  readonly id: string
  readonly input: TurnInput
  readonly queuedAt: number
}

/** One input of a person and the attempts to have it answered. `sentAt` is milliseconds since the epoch. */
export interface Turn {
  readonly id: string
  readonly input: TurnInput
  readonly sentAt: number
  readonly runs: readonly Run[]
}

/** One attempt to have a turn answered. `end` is null while its stream is open. */
export interface Run {
  readonly id: string
  readonly messages: readonly Message[]
  readonly end: RunEnd | null
  readonly error: FluoError | null
}

/**
 * One message of the agent. `messageId` is the server's own name for it, where it gave one. `startedAt`, here and on
 * parts, is when its first event was read on this page, in milliseconds since the epoch; absent where no page saw it.
 */
export interface Message {
  readonly id: string
  readonly messageId?: string
  readonly startedAt?: number
  readonly parts: readonly Part[]
  readonly isFinal: boolean
}

/** A piece of a message, in the order in which it came. */
export type Part = TextPart | ToolCallPart | UnknownPart

/**
 * Text or thinking. Every chunk but the last ends with a line end and never changes again; `textOf` joins them.
 */
export interface TextPart {
  readonly type: 'text' | 'thinking'
  readonly id: string
  readonly startedAt?: number
  readonly chunks: readonly string[]
}

/** An event the kit does not know, with its raw text. */
export interface UnknownPart {
  readonly type: 'unknown'
  readonly id: string
  readonly startedAt?: number
  readonly event: string
  readonly raw: string
}

/** A run that has been asked for and has not answered yet. */
export function emptyRun(id: string): Run {
  return { id, messages: [], end: null, error: null }
}

/** What a thread shows where nothing is open and nothing has failed. */
export const atRest = { status: 'ready', activity: 'idle', error: null } as const

/** A thread before anything was said or restored. */
export const emptyThread: ThreadState = Object.freeze({
  ...atRest,
  turns: [],
  isRestoring: false,
  writer: 'here',
  queued: [],
})
