import type { Exchange } from './answer/exchange.ts'
import type { Secrets } from './upstream/mask.ts'
import type { OpenRuns } from './run/open-runs.ts'
import type { RelayCall } from './edge/parse-call.ts'
import type { RelayLimits } from './options/relay-limits.ts'
import type { RelayOptions } from './options/relay-options.ts'
import type { ReaderSlots } from './run/reader-slots.ts'
import type { RunLog } from './run-log/run-log.ts'
import type { ThreadSealer } from './thread/seal-thread.ts'
import type { UploadParts } from './uploads/upload-parts.ts'
import type { UpstreamOptions } from './upstream/send-upstream.ts'

/** What all requests of one relay share. */
export interface RelayParts {
  readonly options: RelayOptions
  readonly limits: RelayLimits
  readonly secrets: Secrets
  readonly upstream: UpstreamOptions
  readonly sealer: ThreadSealer
  /** Null where nobody uploads anything. */
  readonly uploads: UploadParts | null
  readonly hash: (kind: string, value: string) => Promise<string>
  readonly runLog: RunLog
  readonly runs: OpenRuns
  readonly readers: ReaderSlots
  /** A plain flag: Workers let no request touch an AbortController that another one has made. */
  readonly state: { isClosed: boolean }
}

/** A run that a browser asks for, as far as it is known before Fluo is asked. */
export interface StartedRun {
  readonly request: Request
  readonly call: Extract<RelayCall, { op: 'start' }>
  readonly userId: string
  readonly exchange: Exchange
}
