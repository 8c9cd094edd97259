import type { StandIn } from '../stand-in.ts'
import { post } from './call-stand-in.ts'

/** What Fluo says of a file that may be uploaded. */
export interface Issued {
  readonly fileId: string
  readonly signedUrl: string
  readonly blobPath: string
}

/** Asks where a file may be put. */
export async function issue(
  standIn: StandIn,
  file: { filename?: string; contentType?: string } = {},
): Promise<Issued> {
  const { filename = 'policy.md', contentType = 'text/markdown' } = file
  const body = { filename, contentType, purpose: 'chat' }
  const response = await post(standIn, { path: '/api/v1/uploads/request', body })
  return (await response.json()) as Issued
}

/** Puts bytes, or what a test makes of that. */
export function put(
  url: string,
  { body = 'Be kind.', ...init }: { body?: BodyInit; headers?: Record<string, string> } = {},
): Promise<Response> {
  const headers = { 'content-type': 'text/markdown', ...init.headers }
  return fetch(url, { method: 'PUT', headers, body, duplex: 'half' } as RequestInit)
}

/** Asks for a view URL. */
export function askView(standIn: StandIn, query: string): Promise<Response> {
  const { url, apiKey, projectId } = standIn
  return fetch(`${url}/api/v1/uploads/view-url${query}`, {
    headers: { 'x-api-key': apiKey, 'x-project-id': projectId },
  })
}

/** A URL that shows an uploaded file. */
export async function viewOf(standIn: StandIn, blobPath: string): Promise<string> {
  const response = await askView(standIn, `?blobPath=${encodeURIComponent(blobPath)}`)
  return ((await response.json()) as { viewUrl: string }).viewUrl
}

/** A file that is there already, and where it can be seen. */
export async function upload(
  standIn: StandIn,
  file: { filename?: string; contentType?: string; body?: BodyInit } = {},
): Promise<Issued & { readonly viewUrl: string }> {
  const issued = await issue(standIn, file)
  const { body = 'Be kind.', contentType = 'text/markdown' } = file
  await put(issued.signedUrl, { body, headers: { 'content-type': contentType } })
  return { ...issued, viewUrl: await viewOf(standIn, issued.blobPath) }
}
