import type { Step } from '../script.ts'

/** One question to the stand-in's agent, with all that was said before it in the thread. */
export interface AgentTurn {
  readonly query: string
  readonly threadId: string
  /** The files of this turn: documents, images, then audio files. */
  readonly files: readonly TurnFile[]
  readonly history: readonly ThreadTurn[]
  /** The request's whole body, checked against the specification. */
  readonly body: Readonly<Record<string, unknown>>
  /** Aborts as soon as the client has left or the stand-in closes. */
  readonly signal: AbortSignal
}

/** A file that a turn names by its URL. */
export interface TurnFile {
  readonly kind: 'document' | 'image' | 'audio'
  /** What it was called when it was uploaded; for a file from elsewhere, the end of its URL's path. */
  readonly name: string
  /** As it was uploaded; `application/octet-stream` for a file from elsewhere. */
  readonly mediaType: string
  /** Its bytes, the reader's own to change. Rejects for a file that is not in the stand-in's own storage: it fetches no other URL. */
  read(): Promise<Uint8Array<ArrayBuffer>>
}

/** A question with its files, and the text that answered it, as far as it came. */
export interface ThreadTurn {
  readonly query: string
  readonly answer: string
  readonly files: readonly TurnFile[]
}

/** Answers a question with steps. What it throws becomes a 500, or an `error` event once the stream is open. */
export type Agent = (turn: AgentTurn) => AsyncIterable<Step> | Iterable<Step>
