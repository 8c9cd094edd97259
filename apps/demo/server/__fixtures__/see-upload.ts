import type { FluoError } from '@fluokit/core'
import { createRelay, type RelayLogEntry } from '@fluokit/relay'
import { json, type Fluo } from './fluo-answers.ts'
import { upload, type UploadSetting } from './upload-refusals.ts'

const sealKey = crypto.getRandomValues(new Uint8Array(32))
const storageUrl = 'https://storage.example/a'

/** What a browser's program and the log were told. */
export interface SeenUpload {
  readonly status: number
  readonly error: FluoError | null
  readonly log: readonly RelayLogEntry[]
}

const place = json(200, { fileId: 'f', signedUrl: storageUrl, blobPath: 'project/a' })

function request(method: string, headers: Record<string, string>, body: string): Request {
  const sent = Object.entries(headers).filter(([, value]) => value !== '')
  return new Request('http://app.example/', { method, headers: sent, body })
}

const post = (body: object): Request =>
  request('POST', { 'content-type': 'application/json' }, JSON.stringify(body))

/** One call that has to do with a file, behind an upload that went well where it needs one. */
export async function seeUpload(setting: UploadSetting): Promise<SeenUpload> {
  const log: RelayLogEntry[] = []
  const { ask } = setting
  const isPut = 'put' in ask
  let fluo: Fluo = place
  const relay = createRelay({
    apiKey: 'sk-canary-5d1e7a20',
    projectId: 'project-canary-31',
    agents: ['helper'],
    sealKeys: [{ id: 'a', key: sealKey }],
    authorize: () => ({ userId: 'ann' }),
    uploads: { upload: isPut ? 'relay' : 'direct', ...setting.uploads },
    fetch: (url, init) => {
      const signal = init?.signal ?? new AbortController().signal
      return url === storageUrl ? (setting.storage ?? json(200, {}))(signal) : fluo(signal)
    },
    log: (entry) => log.push(entry),
    ...setting.options,
  })
  // Where the upload itself is what is refused, the first may have to go well for the second not to.
  const needsOne = isPut || !('name' in ask) || setting.uploads?.perHour !== undefined
  const first = needsOne ? await (await relay(post(upload))).json() : {}
  const { ref, ticket } = first as { readonly ref?: string; readonly ticket?: string | null }
  fluo = setting.fluo ?? place

  const put = (headers: Record<string, string>): Request =>
    request(
      'PUT',
      {
        'content-type': 'application/octet-stream',
        'content-length': '2',
        'fluokit-upload': ticket ?? '',
        ...headers,
      },
      'Hi',
    )
  const body = 'ref' in ask && ask.ref === 'sealed' ? { ...ask, ref } : ask
  const response = await relay(isPut ? put(ask.put as Record<string, string>) : post(body))
  const { status } = response
  if (response.ok) return { status, error: null, log }
  const { error } = (await response.json()) as { readonly error: FluoError }
  return { status, error, log }
}
