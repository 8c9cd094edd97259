/**
 * What goes wrong with an answer at its place. `reset` (RST), `close` (FIN, and no ear any more) and `half-close`
 * (FIN, still listening) end the connection before the body is whole. `cut-chunk` does so after a whole chunk,
 * without the last one; `bad-chunk` sends a chunk size that is none; `end-early` ends the body by all rules, only
 * too soon, as a proxy does that lost its source. `stall` says nothing more. The others lose nothing: `split`
 * pauses, `drip` writes the next hundred bytes one by one, `rechunk` goes on one byte a chunk, `repeat` flushes the
 * head a second time after the end. A fault that has no meaning where it is asked for (a chunk's in a head) is a
 * `close`.
 */
export type TransportFault =
  | 'none'
  | 'reset'
  | 'close'
  | 'half-close'
  | 'stall'
  | 'split'
  | 'drip'
  | 'end-early'
  | 'cut-chunk'
  | 'bad-chunk'
  | 'rechunk'
  | 'repeat'

/** How the end of a body is told: by a last chunk, by its length beforehand, or by the end of the connection. */
export type Framing = 'chunked' | 'content-length' | 'close'

/** What a proxy does to event streams. Any other answer passes as it is. */
export interface Breakage {
  readonly fault: TransportFault
  /** After so many bytes of the body, or of the head (status line and headers). */
  readonly at: number | { readonly head: number }
  /** `content-length` waits for the whole answer of the target. @default 'chunked' */
  readonly framing?: Framing
  /** How long `split` waits, in milliseconds. @default 20 */
  readonly pauseMs?: number
  /**
   * Called once the bytes before the fault are on the wire; the fault waits for it. A client that must have read
   * them needs that time: a reset drops what lies unread. @default a wait of 20 ms
   */
  readonly onStrike?: () => void | Promise<void>
}

export interface FaultProxyOptions extends Breakage {
  /** Where the answers come from, for instance the `url` of a stand-in. */
  readonly target: string
}

/** A running proxy that breaks answers. */
export interface FaultProxy {
  /** Where it listens, without a slash at the end. */
  readonly url: string
  /** How many requests it has received. */
  readonly requests: number
  readonly openConnections: number
  /** What happens to the next answers. */
  set(how: Breakage): void
  /** Resolves once no connection is open. */
  idle(): Promise<void>
  /** Drops every connection and stops listening. */
  close(): Promise<void>
}
