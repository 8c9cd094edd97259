import type { ServerResponse } from 'node:http'
import { fakeUpstream, stream, type FakeUpstream, type SeenRequest } from './fake-upstream.ts'

/** The path under which Fluo keeps what was uploaded `count`th. */
export const blobPathOf = (count: number): string => `project-5544/chat/blob_canary_${count}/policy`
/** What makes a URL of a storage one that opens. */
export const signature = 'X-Sig=canary%2Fsignature%3D&at=2026'

export interface UploadFluo extends FakeUpstream {
  /** Where files are, by default on a host that there is not. */
  readonly storage: string
}

type Answer = (response: ServerResponse, request: SeenRequest) => void

/** A Fluo that issues uploads and knows each file that it has issued; `over` answers other paths, and these before it. */
export async function uploadFluo({
  storage = 'https://storage.example',
  over = () => null,
  run = stream('event: message_final\ndata: {"text":"Read."}'),
}: {
  readonly storage?: string
  readonly over?: (path: string) => Answer | null
  readonly run?: Answer
} = {}): Promise<UploadFluo> {
  let issued = 0
  const json = (value: unknown): Answer => {
    return (response) => {
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(JSON.stringify(value))
    }
  }
  const answerTo = (url: string): Answer => {
    const path = url.split('?')[0] ?? ''
    const special = over(path)
    if (special !== null) return special
    if (path === '/api/v1/uploads/request') {
      issued += 1
      const blobPath = blobPathOf(issued)
      const signedUrl = `${storage}/put/${blobPath}?${signature}`
      return json({ fileId: `file_${issued}`, signedUrl, blobPath })
    }
    if (path === '/api/v1/uploads/view-url') {
      const blobPath = new URL(url, 'http://fluo').searchParams.get('blobPath') ?? ''
      return json({ viewUrl: `${storage}/view/${blobPath}?${signature}` })
    }
    return run
  }
  const fluo = await fakeUpstream((response, request) => answerTo(request.url)(response, request))
  return { ...fluo, storage }
}
