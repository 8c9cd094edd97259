import type { DecodeEvent, TurnInput } from '@fluokit/core/wire'
import type { Awaitable } from '../awaitable.ts'
import type { RelayLimits } from './relay-limits.ts'
import type { RelayUploads } from './relay-uploads.ts'
import type { RelayLogEntry } from '../answer/relay-log.ts'
import type { RunLog } from '../run-log/run-log.ts'
import type { SealKey } from '../thread/create-sealer.ts'

/** Who asks: `userId` is what thread handles are bound to; `headers` go onto every answer from here on. */
export interface Authorization {
  readonly userId: string
  readonly headers?: ConstructorParameters<typeof Headers>[0]
}

/** A run that is about to be asked for. */
export interface RelayRun {
  readonly userId: string
  readonly agentId: string
  /** As the browser sent it: a file that was uploaded stands in it by its `ref`. */
  readonly input: TurnInput
}

/** A thread that Fluo has just created: what an application stores to list a user's threads. */
export interface RelayThread {
  readonly userId: string
  readonly agentId: string
  /** Fluo's raw thread ID. It stays on the server. */
  readonly threadId: string
  /** The sealed handle the browser was given. */
  readonly threadRef: string
}

/** What {@link createRelay} needs. The first five have no default on purpose. */
export interface RelayOptions {
  /** Fluo's secret API key. It leaves the relay as `x-api-key` to `baseUrl` and nowhere else. */
  readonly apiKey: string
  readonly projectId: string
  /** The agents a browser may talk to, by exact ID. */
  readonly agents: readonly string[]
  /** 32-byte keys that seal thread references. The first seals, all open: put a new key in front to rotate. */
  readonly sealKeys: readonly SealKey[]
  /**
   * How long a thread's handle can be used, in milliseconds, with five minutes of leeway for clocks; then its thread is as
   * gone as an unknown one. A run under a handle that is past half its life brings a new one, so that threads in use stay.
   * @default handles do not expire
   */
  readonly threadLifetimeMs?: number
  /**
   * Who asks, from the application's own session. `null` is answered 401, a `Response` is passed on as it is.
   * It judges by headers: the request it gets has the URL, method, headers and signal of the browser's, and no body.
   */
  readonly authorize: (request: Request) => Awaitable<Authorization | Response | null>
  /** Called before each run: a `Response` refuses it, `metadata` is merged over the browser's. */
  readonly beforeRun?: (
    run: RelayRun,
  ) => Awaitable<{ readonly metadata?: object } | Response | void>
  /** Called once for each thread that Fluo creates. What it throws is logged and goes no further. */
  readonly onThread?: (thread: RelayThread) => Awaitable<void>
  /** For agents with unusual payloads; it runs here, never in the browser. */
  readonly decode?: DecodeEvent
  /** `cumulative` for agents whose every delta repeats the text so far. @default 'append' */
  readonly deltas?: 'append' | 'cumulative'
  /**
   * Origins of pages that may use the relay beside those of its own, written exactly as browsers write them, such as
   * `https://app.example.com`: they get CORS, with credentials. Behind a proxy that rewrites Host, the application's own
   * public origin belongs here, for browsers without Sec-Fetch-Site. @default none
   */
  readonly origins?: readonly string[]
  /** Hosts whose https URLs may stand in `documents`, `images` and `audios`. @default none */
  readonly fileHosts?: readonly string[]
  /** Lets people upload files, and send what they uploaded. @default nobody uploads anything */
  readonly uploads?: RelayUploads
  /** Where Fluo is; plain http only on loopback. @default 'https://api.fluo.one' */
  readonly baseUrl?: string
  /**
   * Where runs live, so that a reload, a second tab or another relay finds them. Several relays need one together.
   * @default the memory of this process
   */
  readonly runLog?: RunLog
  /**
   * How long a run goes on that nobody reads, in milliseconds: a reload or a tunnel is no reason to end an answer. With 0,
   * leaving ends the request to Fluo at once. @default 60000
   */
  readonly graceMs?: number
  /** Where a platform must be told to let work go on after an answer: called with a promise for each run. */
  readonly waitUntil?: (work: Promise<void>) => void
  readonly limits?: Partial<RelayLimits>
  /** Receives what happened, without keys, raw IDs and anything a person wrote. @default nothing is logged */
  readonly log?: (entry: RelayLogEntry) => void
  readonly fetch?: typeof fetch
}
