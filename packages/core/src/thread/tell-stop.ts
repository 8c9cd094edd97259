import type { RunCursor, Transport } from '../transport/transport.ts'
import { errorOf } from '../wire/errors.ts'
import { createTries } from './try-again.ts'

/** A server that cannot be reached is told of a stop for this long, in milliseconds: a run without a reader ends by itself soon. */
const patience = 30_000

export interface StopSetup {
  readonly transport: Transport
  readonly signal: AbortSignal
  /** From 0 to 1: how much of its half is added to a pause between two tries. */
  readonly random: () => number
}

/**
 * Has a run end on the server: in this tick, and again, for half a minute, where that could not be reached. Aborting the signal
 * gives up what is not said yet. Never rejects: the person has stopped here, and a server that does not want to hear of it changes
 * nothing for them.
 */
export async function tellStop(
  run: RunCursor,
  { transport, signal, random }: StopSetup,
): Promise<void> {
  const tries = createTries(signal, random)
  do {
    try {
      return await transport.stop?.(run)
    } catch (thrown) {
      const { code, retryAt } = errorOf(thrown)
      if (code !== 'network' || !(await tries.next(patience, retryAt))) return
    }
  } while (!signal.aborted)
}
