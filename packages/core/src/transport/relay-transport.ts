import { parseEvent } from '../wire/encode-event.ts'
import { FluoFault } from '../wire/errors.ts'
import { readSseBatches } from '../wire/read-sse.ts'
import { parseRunEnd, runEndHeader, type RunEnd } from '../wire/run-end-mark.ts'
import type { RunRequest } from '../wire/run-request.ts'
import { callRelay, readRelayError, type RelayCallOptions } from './call-relay.ts'
import { openStream } from './open-stream.ts'
import { postJson } from './post-json.ts'
import type { EventBatches, RunCursor, RunEvent, Transport } from './transport.ts'
import { watchWire } from './watch-wire.ts'

export interface RelayTransportOptions extends RelayCallOptions {
  /**
   * A connection to a relay that can be resumed is dropped after this much silence, in milliseconds: no comment of the relay's
   * came, so it is dead. Longer than the relay's `keepAliveMs`. 0 is never. @default 30000
   */
  readonly dropAfterMs?: number
}

type Call =
  | ({ readonly op: 'start' } & RunRequest)
  | ({ readonly op: 'resume' } & RunCursor)
  | ({ readonly op: 'stop' } & Omit<RunCursor, 'after'>)

/**
 * The transport to `@fluokit/relay`: one URL, POST only, and thread references that are sealed handles.
 * Sends a run a second time only after a 401, where nothing ran. A 5xx that is not the relay's own throws `network` with its
 * status. Where the relay marks the end of its streams, one that ends without the mark was cut, and throws `network`. A run that
 * the relay does not know cannot be resumed: `empty`.
 */
export function relayTransport(options: RelayTransportOptions): Transport {
  async function* follow(call: Call, signal: AbortSignal): EventBatches {
    const wire = watchWire(options.dropAfterMs ?? 30_000, signal)
    const isResumed = call.op === 'resume'
    try {
      if (isResumed) wire.begin() // what is known already is answered at once
      const { body, headers } = await callRelay(options, call, { signal: wire.signal }, (posted) =>
        openStream(posted, readRelayError),
      )
      const isMarked = headers.has(runEndHeader)
      if (isMarked) wire.begin()
      if (isResumed) yield [] // found, though nothing may be new
      for await (const messages of readSseBatches(body, { signal: wire.signal })) {
        wire.heard()
        const events: RunEvent[] = []
        let end: RunEnd | null = null
        for (const { id, data } of messages) {
          const mark = parseRunEnd(data)
          if (mark === null) events.push({ cursor: id || null, event: parseEvent(data) })
          end ??= mark
        }
        yield events
        if (end !== null) return end
      }
      if (isMarked && !signal.aborted) throw new FluoFault({ code: 'network' })
    } finally {
      wire.end()
    }
  }

  return {
    start: (run, signal) => follow({ op: 'start', ...run }, signal),
    resume: ({ runId, agentId, after }, signal) =>
      follow({ op: 'resume', runId, agentId, after }, signal),
    async stop({ runId, agentId }: RunCursor) {
      const call: Call = { op: 'stop', runId, agentId }
      const response = await callRelay(options, call, { keepalive: true }, (posted) =>
        postJson(posted, readRelayError),
      )
      await response.body?.cancel()
    },
  }
}
