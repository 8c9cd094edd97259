import type { StatusStep } from '../refusal.ts'
import { checkBody } from './check-body.ts'
import type { Call } from './request-log.ts'
import type { StandInThread } from './stand-in-thread.ts'

/** A call that is right by the specification. */
export interface RunRoute {
  readonly kind: 'stream' | 'run'
  readonly agentId: string
  /** The thread that goes on, or null for a new one. */
  readonly threadId: string | null
  readonly body: Readonly<Record<string, unknown>> & { readonly query: string }
}

/** A call that is not, and why. */
export interface RefusedRoute {
  readonly kind: 'refused'
  readonly step: StatusStep
  /** The body, where it is more than the step's `detail`. */
  readonly body?: string
  readonly allow?: string
}

const paths = /^\/api\/v1\/agents\/([^/]+)\/(stream\/threads|run)$/

/** Checks a call by the specification: path, method, credentials, agent, body and thread, in this order. */
export function routeRequest(
  { request, isWhole }: Call,
  known: {
    readonly apiKey: string
    readonly projectId: string
    readonly agents: readonly string[]
    readonly threads: ReadonlyMap<string, StandInThread>
  },
): RunRoute | RefusedRoute {
  const [, segment = '', call = ''] = paths.exec(request.path) ?? []
  if (call === '') return refused(404, 'Not Found')
  if (request.method !== 'POST') return { ...refused(405, 'Method Not Allowed'), allow: 'POST' }
  const { 'x-api-key': apiKey, 'x-project-id': projectId } = request.headers
  if (apiKey !== known.apiKey || projectId !== known.projectId) {
    return refused(401, 'Invalid or missing credentials')
  }
  const agentId = decode(segment)
  if (!known.agents.includes(agentId)) return refused(404, 'Agent not found')
  if (!isWhole) return refused(413, 'Request body too large')
  const isJson = request.headers['content-type']?.startsWith('application/json') === true
  const problems = checkBody(isJson ? request.body : undefined)
  if (problems.length > 0) {
    const body = JSON.stringify({ detail: problems, type: 'ValidationError' })
    return { kind: 'refused', step: { status: 422 }, body }
  }
  const body = request.body as RunRoute['body'] // checkBody has looked at it
  if (call === 'run') return { kind: 'run', agentId, threadId: null, body }
  const { threadId } = request
  if (threadId !== null && known.threads.get(threadId)?.agentId !== agentId) {
    return refused(404, 'Thread not found')
  }
  return { kind: 'stream', agentId, threadId, body }
}

function refused(status: number, detail: string): RefusedRoute {
  return { kind: 'refused', step: { status, detail } }
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
