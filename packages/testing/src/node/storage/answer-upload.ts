import type { ServerResponse } from 'node:http'
import { refuse } from '../refuse.ts'
import type { UploadRoute, ViewRoute } from './route-upload.ts'
import type { RunningStorage } from './start-storage.ts'

/** Says where to put a file, or where to see it. */
export function answerUpload(
  response: ServerResponse,
  route: UploadRoute | ViewRoute,
  storage: RunningStorage,
): void {
  const status = storage.takeFault(route.kind === 'upload' ? 'request' : 'view')
  if (status !== null) return refuse(response, { status })
  if (route.kind === 'upload') return send(response, storage.issue(route))
  const viewUrl = storage.viewUrl(route.blobPath)
  if (viewUrl === null) return refuse(response, { status: 404, detail: 'File not found' })
  send(response, { viewUrl })
}

function send(response: ServerResponse, body: object): void {
  response.setHeader('content-type', 'application/json')
  response.end(JSON.stringify(body))
}
