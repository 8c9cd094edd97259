import type { Call } from '../request-log.ts'
import { refusedRoute, type RefusedRoute } from '../refused-route.ts'
import { checkUpload } from './check-upload.ts'

/** A call for a signed URL that is right by the specification. */
export interface UploadRoute {
  readonly kind: 'upload'
  readonly filename: string
  readonly contentType: string
}

/** A call for a view URL that is right by the specification. */
export interface ViewRoute {
  readonly kind: 'view'
  readonly blobPath: string
}

const methods: ReadonlyMap<string, string> = new Map([
  ['/api/v1/uploads/request', 'POST'],
  ['/api/v1/uploads/view-url', 'GET'],
])

/** Whether a path is one of those that uploads have, and the method that it takes. */
export function uploadMethodOf(path: string): string | null {
  return methods.get(path) ?? null
}

/** Checks a call of an upload whose path, method and credentials are right. */
export function routeUpload({ request, isWhole }: Call): UploadRoute | ViewRoute | RefusedRoute {
  if (request.method === 'GET') {
    const blobPath = request.query['blobPath']
    if (blobPath !== undefined) return { kind: 'view', blobPath }
    const loc = ['query', 'blobPath']
    return refusedRoute([{ type: 'missing', loc, msg: 'Field required' }])
  }
  if (!isWhole) return refusedRoute(413, 'Request body too large')
  const isJson = request.headers['content-type']?.startsWith('application/json') === true
  const problems = checkUpload(isJson ? request.body : undefined)
  if (problems.length > 0) return refusedRoute(problems)
  const { filename, contentType } = request.body as UploadRoute // checkUpload has looked at it
  return { kind: 'upload', filename, contentType }
}
