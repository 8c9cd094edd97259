import type { SignedUpload, UploadedFile } from '@fluokit/core/wire'
import type { Relay } from '../relay.ts'
import { call } from './test-relay.ts'

/** The body of an upload. */
export function upload(over: Record<string, unknown> = {}): Record<string, unknown> {
  return { op: 'upload', name: 'policy.pdf', mediaType: 'application/pdf', size: 12, ...over }
}

/** What the relay answers to an upload. Throws where it refuses. */
export async function issue(
  relay: Relay,
  over: Record<string, unknown> = {},
  headers: Record<string, string> = {},
): Promise<SignedUpload> {
  const response = await relay(call(upload(over), headers))
  if (response.status !== 200) throw new Error(`The upload was refused with ${response.status}.`)
  return (await response.json()) as SignedUpload
}

/** A file of a turn. */
export function fileOf(ref: string, over: Partial<UploadedFile> = {}): UploadedFile {
  return { name: 'policy.pdf', mediaType: 'application/pdf', size: 12, ref, ...over }
}

/** The PUT of a file's bytes to the relay. */
export function bring(
  ticket: string | null,
  body: Uint8Array | string,
  headers: Record<string, string> = {},
  signal: AbortSignal | null = null,
): Request {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body
  return new Request('http://app.example/api/fluo', {
    method: 'PUT',
    headers: {
      'content-type': 'application/octet-stream',
      'content-length': String(bytes.byteLength),
      'x-user': 'ann',
      ...(ticket !== null && { 'fluokit-upload': ticket }),
      ...headers,
    },
    body: new Uint8Array(bytes),
    signal,
  })
}
