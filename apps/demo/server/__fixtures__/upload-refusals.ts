import type { RelayOptions } from '@fluokit/relay'
import { canary, json, stream, type Fluo } from './fluo-answers.ts'

/** What makes one refusal of an upload, of a URL to see one, or of a file's bytes. */
export interface UploadSetting {
  readonly uploads?: RelayOptions['uploads']
  readonly options?: Partial<RelayOptions>
  /** What is asked: a body to POST, or the headers of a PUT behind an upload that went well. */
  readonly ask: object | { readonly put: Record<string, string> }
  /** What Fluo answers to it; by default a place for a file, then a URL to see it. */
  readonly fluo?: Fluo
  /** What the storage answers; by default that it has the bytes. */
  readonly storage?: Fluo
}

/** What comes of it: for the browser's program and for the log. */
export interface UploadOutcome {
  readonly code: string
  readonly status: number
  readonly detail?: string | RegExp
  readonly upstreamStatus?: number
}

/** The body of an upload that nothing is wrong with. */
export const upload = { op: 'upload', name: 'a.txt', mediaType: 'text/plain', size: 2 }
const view = { op: 'view', ref: 'sealed' }

const silence: Fluo = (signal) =>
  new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error('aborted')))
  })
const unreachable: Fluo = () =>
  Promise.reject(new TypeError('fetch failed', { cause: new Error('ECONNREFUSED') }))
const storageSays =
  (status: number): Fluo =>
  () =>
    Promise.resolve(new Response(canary, { status }))

type Rows = Readonly<Record<string, readonly [UploadSetting, UploadOutcome]>>

/** What the relay refuses of files, by what is refused. */
export const uploadRefusals: Rows = {
  'a name that is too long': [
    { ask: { ...upload, name: 'x'.repeat(256) } },
    { code: 'invalid', status: 422, detail: 'The name of a file is over 255 characters.' },
  ],
  'a type that is not listed': [
    { ask: { ...upload, mediaType: 'text/html' } },
    {
      code: 'invalid',
      status: 422,
      detail: `The relay's option uploads.mediaTypes does not list "text/html".`,
    },
  ],
  'a file that is too large': [
    { ask: { ...upload, size: 3 }, uploads: { fileBytes: 2 } },
    { code: 'too-large', status: 413, detail: 'The file is over uploads.fileBytes.' },
  ],
  'more uploads than an hour has': [
    { ask: upload, uploads: { perHour: 1 }, options: {} },
    { code: 'rate-limited', status: 429, detail: 'The user is over uploads.perHour.' },
  ],
  'headers that no storage may be sent': [
    { ask: upload, uploads: { headers: () => ({ cookie: canary }) } },
    {
      code: 'upstream',
      status: 500,
      detail: 'uploads.headers returned a header that no storage may be sent.',
    },
  ],
  'a beforeUpload that throws': [
    { ask: upload, uploads: { beforeUpload: () => Promise.reject(new Error('no ledger')) } },
    { code: 'upstream', status: 500, detail: 'uploads.beforeUpload threw: no ledger' },
  ],
  "Fluo's 422 for a place": [
    { ask: upload, fluo: json(422, { detail: canary }) },
    { code: 'invalid', status: 422, detail: canary, upstreamStatus: 422 },
  ],
  "Fluo's 401 for a place": [
    { ask: upload, fluo: json(401, { detail: canary }) },
    { code: 'forbidden', status: 424, detail: canary, upstreamStatus: 401 },
  ],
  "Fluo's 500 for a place": [
    { ask: upload, fluo: json(500, { detail: canary }) },
    { code: 'upstream', status: 424, detail: canary, upstreamStatus: 500 },
  ],
  'a stream in place of a place': [
    { ask: upload, fluo: stream(['data: {}']) },
    { code: 'upstream', status: 424, detail: 'Fluo answered with no JSON object.' },
  ],
  'a place that is none': [
    { ask: upload, fluo: json(200, { signedUrl: `http://${canary}/` }) },
    { code: 'upstream', status: 424, detail: /^Fluo gave no place for a file: signedUrl is no/ },
  ],
  'a Fluo that does not answer': [
    { ask: upload, fluo: silence, options: { limits: { firstByteMs: 10 } } },
    { code: 'stalled', status: 424, detail: 'Fluo was over limits.firstByteMs.' },
  ],
  'a Fluo that cannot be reached': [
    { ask: upload, fluo: unreachable },
    { code: 'network', status: 424, detail: 'ECONNREFUSED' },
  ],
  'a ref of somebody else': [
    { ask: { ...view, ref: '2.a.AAAA' } },
    {
      code: 'file-gone',
      status: 404,
      detail: 'The ref of a file is not one of this user and project.',
    },
  ],
  'a file that Fluo does not know': [
    { ask: view, fluo: json(404, { detail: canary }) },
    { code: 'file-gone', status: 404, detail: canary, upstreamStatus: 404 },
  ],
  'a URL to see a file that is none': [
    { ask: view, fluo: json(200, { viewUrl: 'file:///etc/passwd' }) },
    { code: 'upstream', status: 424, detail: 'Fluo gave a viewUrl that is no https URL.' },
  ],
  'bytes without a ticket': [
    { ask: { put: { 'fluokit-upload': '' } } },
    { code: 'invalid', status: 422, detail: 'A PUT has no header "fluokit-upload".' },
  ],
  'a ticket of somebody else': [
    { ask: { put: { 'fluokit-upload': '2.a.AAAA' } } },
    { code: 'file-gone', status: 410, detail: /^The ticket of an upload is not one of this user/ },
  ],
  'bytes without a length': [
    { ask: { put: { 'content-length': '' } } },
    { code: 'invalid', status: 411, detail: 'A PUT has no content-length.' },
  ],
  'bytes that are too many': [
    { ask: { put: { 'content-length': '3' } } },
    { code: 'too-large', status: 413, detail: 'A PUT is larger than its ticket says.' },
  ],
  'bytes that are too few': [
    { ask: { put: { 'content-length': '1' } } },
    { code: 'invalid', status: 422, detail: 'A PUT is smaller than its ticket says.' },
  ],
  'bytes of another type': [
    { ask: { put: { 'content-type': 'text/plain' } } },
    { code: 'invalid', status: 415, detail: 'The relay takes application/octet-stream only.' },
  ],
  'a place that is no longer good': [
    { ask: { put: {} }, storage: storageSays(403) },
    { code: 'file-gone', status: 410, detail: 'The storage answered with 403.' },
  ],
  'a storage that refuses': [
    { ask: { put: {} }, storage: storageSays(507) },
    { code: 'upstream', status: 424, detail: 'The storage answered with 507.' },
  ],
  'a storage that does not answer': [
    { ask: { put: {} }, storage: silence, options: { limits: { blockedMs: 10 } } },
    { code: 'stalled', status: 424, detail: /^The storage was over limits\.blockedMs/ },
  ],
  'a storage that cannot be reached': [
    { ask: { put: {} }, storage: unreachable },
    {
      code: 'network',
      status: 424,
      detail: 'The storage could not be reached, or left: ECONNREFUSED',
    },
  ],
}
