import type { Step } from '../script.ts'

/** One question to the stand-in's agent, with all that was said before it in the thread. */
export interface AgentTurn {
  readonly query: string
  readonly threadId: string
  readonly history: readonly ThreadTurn[]
  /** The request's whole body, checked against the specification. */
  readonly body: Readonly<Record<string, unknown>>
  /** Aborts as soon as the client has left or the stand-in closes. */
  readonly signal: AbortSignal
}

/** A question and the text that answered it, as far as it came. */
export interface ThreadTurn {
  readonly query: string
  readonly answer: string
}

/** Answers a question with steps. What it throws becomes a 500, or an `error` event once the stream is open. */
export type Agent = (turn: AgentTurn) => AsyncIterable<Step> | Iterable<Step>
