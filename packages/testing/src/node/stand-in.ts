import type { Cut } from '../cut-bytes.ts'
import type { Script } from '../script.ts'
import type { ShapeName } from '../shapes.ts'
import type { EncodeShape } from '../shapes/encode-shape.ts'
import type { Agent } from './agent.ts'
import type { RecordedRequest } from './recorded-request.ts'
import type { StandInThread } from './stand-in-thread.ts'
import type { StandInStorage, StorageOptions } from './storage/stand-in-storage.ts'

export interface StandInOptions {
  /** 0 takes a free one. @default 0 */
  readonly port?: number
  /** The payloads in which events are written. @default 'flat' */
  readonly shape?: ShapeName | EncodeShape
  /** What runs play, a script each; the last one repeats. Scripts go before the agent. */
  readonly scripts?: readonly Script[]
  /** Answers where no script does. @default an agent that plays the greeting */
  readonly agent?: Agent
  /** @default 'stand-in-key' */
  readonly apiKey?: string
  /** @default 'stand-in-project' */
  readonly projectId?: string
  /** The agents that exist; others are 404. @default ['agent_demo'] */
  readonly agents?: readonly string[]
  /** A JSON file that keeps threads, and what was said in them, beyond a restart. Their files are beside it, in a folder of its name and `.files`. */
  readonly stateFile?: string
  /** How the bytes of a stream are cut. @default 'event' */
  readonly cut?: Cut
  /** Makes waits shorter by this factor. @default 1 */
  readonly speed?: number
  /** How the storage behaves to which files are uploaded. It listens on a port of its own. */
  readonly storage?: StorageOptions
}

/** A running stand-in for Fluo. */
export interface StandIn {
  /** Where it listens, without a slash at the end. */
  readonly url: string
  readonly apiKey: string
  readonly projectId: string
  readonly agents: readonly string[]
  /** The calls it received, the oldest first; all but the last thousand are forgotten. */
  readonly requests: readonly RecordedRequest[]
  readonly threads: ReadonlyMap<string, StandInThread>
  /** Where uploaded files go. */
  readonly storage: StandInStorage
  /** How many event streams are open now. */
  readonly openStreams: number
  /** Resolves to the next call that arrives, once its body has been read. */
  nextRequest(): Promise<RecordedRequest>
  /** Resolves once no answer is open and all that was said is written down. */
  idle(): Promise<void>
  /** What the next runs play, a script each; the last one repeats. An empty list hands back to the agent. */
  play(script: Script | readonly Script[]): void
  /** The payloads of all events from now on. */
  setShape(shape: ShapeName | EncodeShape): void
  /** Drops every connection, writes down what was said and stops listening. */
  close(): Promise<void>
}
