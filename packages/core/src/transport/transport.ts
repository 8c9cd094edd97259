import type { FluoEvent } from '../wire/fluo-event.ts'
import type { RunEnd } from '../wire/run-end-mark.ts'
import type { RunRequest } from '../wire/run-request.ts'

/** How a run is found again: `after` is the cursor of the last event that was taken in, null before the first. */
export interface RunCursor {
  readonly runId: string
  readonly agentId: string
  readonly after: string | null
}

/**
 * The events of a run with their cursors, one list for each network read; an empty list says that bytes came. Where the
 * server says how the run ended, the iterator returns it: `done` is a clean end, whatever it is worth.
 */
export type EventBatches = AsyncIterable<readonly RunEvent[], RunEnd | undefined | void>

/** An event, and the cursor behind which a run that ends there is read on; null where the server gives none. */
export interface RunEvent {
  readonly cursor: string | null
  readonly event: FluoEvent
}

/** How a run is asked for. */
export interface Transport {
  /**
   * Asks for a run, once. Aborting the signal leaves it. Throws a `FluoFault`; never sends a second time by itself. `network` says
   * that the answer was lost, and with a `status`, that a proxy has answered instead: the run may have begun.
   */
  start(run: RunRequest, signal: AbortSignal): EventBatches
  /**
   * Reads on from behind a cursor, without running anything. Throws a `FluoFault`: `empty` where nobody knows the run. An
   * empty list may come first, for a run that was found. Absent: the transport cannot.
   */
  resume?(run: RunCursor, signal: AbortSignal): EventBatches
  /**
   * Ends the run on the server, however often it is told. Throws a `FluoFault` where it was not heard: after `network` it is
   * told again. Absent: leaving is stopping.
   */
  stop?(run: RunCursor): Promise<void>
}
