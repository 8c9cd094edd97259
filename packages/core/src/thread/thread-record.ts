import { parseError } from '../wire/encode-event.ts'
import type { FluoError } from '../wire/errors.ts'
import { isPayload } from '../wire/payload.ts'
import { isRunEnd, type RunEnd } from '../wire/run-end-mark.ts'
import type { TurnInput } from '../wire/run-request.ts'
import type { RunCursor } from '../transport/transport.ts'
import { newId } from './new-id.ts'

/**
 * What is remembered of a thread: small, written in the tick in which it changes. `open` is the turn whose answer
 * is not there yet, or failed; it brings the question back after a reload.
 */
export interface ThreadRecord {
  readonly version: 1
  readonly id: string
  readonly agentId: string
  readonly threadKey: string
  readonly threadRef: string | null
  /** The first words of the first question. Once there are any, they stay. */
  readonly title: string | null
  /** What a person called the conversation, which goes before the first words. */
  readonly name: string | null
  /** When a run was last asked for, in milliseconds since the epoch; null before the first. */
  readonly askedAt: number | null
  readonly updatedAt: number
  /** Counts the changes: which of two is the newer one, whatever the clocks say. */
  readonly revision: number
  readonly draft: TurnInput | null
  readonly open: OpenTurn | null
}

/**
 * A turn without a whole answer. `isAccepted` says that its run has answered with at least one event; `end` is null
 * as long as the run may still be going on.
 */
export interface OpenTurn {
  readonly turnId: string
  readonly input: TurnInput
  readonly sentAt: number
  readonly run: RunCursor
  readonly isAccepted: boolean
  readonly end: RunEnd | null
  readonly error: FluoError | null
}

/** The record that stored text stands for, or null when it is none of this version. Never throws. */
export function parseThreadRecord(text: string | null): ThreadRecord | null {
  let value: unknown
  try {
    value = JSON.parse(text ?? 'null')
  } catch {
    return null
  }
  if (!isPayload(value) || value['version'] !== 1) return null
  const { id, agentId, threadKey, updatedAt } = value
  if (typeof id !== 'string' || typeof agentId !== 'string') return null
  if (typeof threadKey !== 'string' || typeof updatedAt !== 'number') return null
  const { threadRef, title, name, askedAt, revision } = value
  return {
    version: 1,
    id,
    agentId,
    threadKey,
    threadRef: typeof threadRef === 'string' ? threadRef : null,
    title: typeof title === 'string' ? title : null,
    name: typeof name === 'string' ? name : null,
    askedAt: typeof askedAt === 'number' ? askedAt : null,
    updatedAt,
    revision: typeof revision === 'number' ? revision : 0,
    draft: parseInput(value['draft']),
    open: parseOpenTurn(value['open']),
  }
}

function parseOpenTurn(value: unknown): OpenTurn | null {
  if (!isPayload(value) || !isPayload(value['run'])) return null
  const { turnId, sentAt, end } = value
  const { runId, agentId, after } = value['run']
  const input = parseInput(value['input'])
  if (input === null || typeof turnId !== 'string' || typeof sentAt !== 'number') return null
  if (typeof runId !== 'string' || typeof agentId !== 'string') return null
  return {
    turnId,
    input,
    sentAt,
    run: { runId, agentId, after: typeof after === 'string' ? after : null },
    isAccepted: value['isAccepted'] === true,
    end: isRunEnd(end) ? end : null,
    error: parseError(value['error']),
  }
}

/** The input of a turn that was stored, or null when it is none. */
export function parseInput(value: unknown): TurnInput | null {
  if (!isPayload(value) || typeof value['query'] !== 'string') return null
  return value as unknown as TurnInput // the rest was written by this kit and is checked again by the relay
}

/** Whether there is a conversation: something was asked, or it is one that exists already. */
export function hasBegun({ askedAt, threadRef, open }: ThreadRecord): boolean {
  return askedAt !== null || threadRef !== null || open !== null
}

/** The record of a thread of which nothing is known yet. */
export function newThreadRecord(
  agentId: string,
  threadKey: string,
  threadRef: string | null,
): ThreadRecord {
  return {
    version: 1,
    id: newId(),
    agentId,
    threadKey,
    threadRef,
    title: null,
    name: null,
    askedAt: null,
    updatedAt: Date.now(),
    revision: 0,
    draft: null,
    open: null,
  }
}
