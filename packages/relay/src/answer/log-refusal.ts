import type { Exchange } from './exchange.ts'
import { inJson, inStream, Refusal } from './refusal.ts'

/** The refusal that was thrown; whatever else was thrown is a fault of the relay's own, a 500. */
export function refusalOf(thrown: unknown): Refusal {
  if (thrown instanceof Refusal) return thrown
  const detail = thrown instanceof Error ? thrown.message : 'Something that is no Error was thrown.'
  return new Refusal(500, 'upstream', { detail })
}

/** Writes a refusal into the log, with everything that is not for the browser. */
export function logRefusal({ status, code, facts }: Refusal, exchange: Exchange): void {
  const { detail, upstreamStatus, upstreamRequestId } = facts
  exchange.log({
    level: status >= 500 || status === inStream || status === inJson ? 'error' : 'warn',
    event: 'refused',
    status,
    code,
    ...(upstreamStatus !== undefined && { upstreamStatus }),
    ...(upstreamRequestId !== undefined && { upstreamRequestId }),
    ...(detail !== undefined && { detail }),
  })
}
