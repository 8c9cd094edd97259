import { checkBody } from './check-body.ts'
import { refusedRoute, type RefusedRoute } from './refused-route.ts'
import type { Call } from './request-log.ts'
import type { StandInThread } from './stand-in-thread.ts'
import {
  routeUpload,
  uploadMethodOf,
  type UploadRoute,
  type ViewRoute,
} from './storage/route-upload.ts'

/** A call that is right by the specification. */
export interface RunRoute {
  readonly kind: 'stream' | 'run'
  readonly agentId: string
  /** The thread that goes on, or null for a new one. */
  readonly threadId: string | null
  readonly body: Readonly<Record<string, unknown>> & { readonly query: string }
}

const paths = /^\/api\/v1\/agents\/([^/]+)\/(stream\/threads|run)$/

/** Checks a call by the specification: path, method, credentials, agent, body and thread, in this order. */
export function routeRequest(
  incoming: Call,
  known: {
    readonly apiKey: string
    readonly projectId: string
    readonly agents: readonly string[]
    readonly threads: ReadonlyMap<string, StandInThread>
  },
): RunRoute | UploadRoute | ViewRoute | RefusedRoute {
  const { request, isWhole } = incoming
  const uploadMethod = uploadMethodOf(request.path)
  const [, segment = '', call = ''] = paths.exec(request.path) ?? []
  if (call === '' && uploadMethod === null) return refusedRoute(404, 'Not Found')
  const allow = uploadMethod ?? 'POST'
  if (request.method !== allow) return { ...refusedRoute(405, 'Method Not Allowed'), allow }
  const { 'x-api-key': apiKey, 'x-project-id': projectId } = request.headers
  if (apiKey !== known.apiKey || projectId !== known.projectId) {
    return refusedRoute(401, 'Invalid or missing credentials')
  }
  if (uploadMethod !== null) return routeUpload(incoming)
  const agentId = decode(segment)
  if (!known.agents.includes(agentId)) return refusedRoute(404, 'Agent not found')
  if (!isWhole) return refusedRoute(413, 'Request body too large')
  const isJson = request.headers['content-type']?.startsWith('application/json') === true
  const problems = checkBody(isJson ? request.body : undefined)
  if (problems.length > 0) return refusedRoute(problems)
  const body = request.body as RunRoute['body'] // checkBody has looked at it
  if (call === 'run') return { kind: 'run', agentId, threadId: null, body }
  const { threadId } = request
  if (threadId !== null && known.threads.get(threadId)?.agentId !== agentId) {
    return refusedRoute(404, 'Thread not found')
  }
  return { kind: 'stream', agentId, threadId, body }
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
