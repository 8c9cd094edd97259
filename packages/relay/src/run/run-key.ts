import type { RelayCall } from '../edge/parse-call.ts'

interface RunScope {
  readonly projectId: string
  readonly userId: string
  readonly agentId: string
  readonly runId: string
}

/**
 * The name of a run in the log: one user's, agent's and project's. A hash, so that whoever reads the log's keys learns
 * nothing; all relays of one project find the same, whatever keys they seal with.
 */
export function runKey({ projectId, userId, agentId, runId }: RunScope): Promise<string> {
  return digest(['fluokit-run', 1, projectId, userId, agentId, runId])
}

/** Tells whether a run is asked for again or another one under its ID: what Fluo would be asked, and in which thread. */
export function bodyHash(
  { runId, input }: Extract<RelayCall, { op: 'start' }>,
  threadId: string | null,
): Promise<string> {
  return digest(['fluokit-body', 1, runId, threadId, input])
}

async function digest(value: unknown): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(value, inOrder))
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Members of an object in one order: who sends them in another sends the same. */
function inOrder(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
