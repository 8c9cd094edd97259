import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { serve } from '../serve.ts'
import { allowOrigin } from './allow-origin.ts'
import { answerGet } from './answer-get.ts'
import { answerPut } from './answer-put.ts'
import { openBlobShelf } from './blob-shelf.ts'
import { createFaults } from './faults.ts'
import { createPutLog } from './record-puts.ts'
import { refuseStorage } from './refuse-storage.ts'
import { safeName } from './safe-name.ts'
import { blobPathOf, createUrlSigner } from './sign-url.ts'
import type {
  StandInStorage,
  StorageCall,
  StorageOptions,
  StorageSettings,
  StoredFile,
} from './stand-in-storage.ts'

/** The storage as the stand-in's other half sees it. */
export interface RunningStorage {
  /** What tests and the demo have of it. */
  readonly handle: StandInStorage
  /** Makes room for a file: where to put its bytes. */
  issue(file: { readonly filename: string; readonly contentType: string }): {
    readonly fileId: string
    readonly signedUrl: string
    readonly blobPath: string
  }
  /** A URL at which a file can be seen; null for one that is not there. */
  viewUrl(blobPath: string): string | null
  /** The file that a view URL of this storage shows now; null for any other URL. */
  findByUrl(url: string): StoredFile | null
  /** The bytes of a file; null where they are not there any more. */
  read(blobPath: string): Uint8Array<ArrayBuffer> | null
  /** The status with which the next call of this kind fails; null for none. */
  takeFault(call: StorageCall): number | null
  idle(): Promise<void>
  close(): Promise<void>
}

const defaults: StorageSettings = {
  uploadUrlMs: 10 * 60_000,
  viewUrlMs: 5 * 60_000,
  largestFile: 100 * 1024 * 1024,
  cors: true,
  demandedHeader: null,
  bytesPerSecond: Infinity,
}

/** Starts the storage: an HTTP server of its own, on loopback only. Rejects when the port is taken. */
export async function startStorage(
  { port = 0, ...given }: StorageOptions,
  folder: string | undefined,
): Promise<RunningStorage> {
  let settings = { ...defaults, ...given }
  const shelf = openBlobShelf(folder)
  const signer = createUrlSigner()
  const faults = createFaults()
  const log = createPutLog()
  const closing = new AbortController()

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    response.setHeader('server', 'fluokit-stand-in')
    const url = new URL(request.url ?? '/', 'http://storage')
    const count = request.method === 'PUT' ? log.record(request, response, url.pathname) : null
    if (allowOrigin(request, response, settings)) return
    const blobPath = blobPathOf(url)
    if (blobPath === null) return refuseStorage(response, 'NoSuchKey')
    const context = { url, blobPath, shelf, signer, faults, settings: () => settings }
    if (count !== null) {
      return answerPut(request, response, { ...context, count, closing: closing.signal })
    }
    const isRead = request.method === 'GET' || request.method === 'HEAD'
    if (isRead) answerGet(request, response, context)
    else refuseStorage(response, 'MethodNotAllowed')
  }
  const server = await serve(port, answer)
  const origin = server.url

  return {
    handle: {
      url: origin,
      puts: log.puts,
      get files() {
        return shelf.files
      },
      nextPut: () => log.nextPut(),
      set: (changed) => void (settings = { ...settings, ...changed }),
      failNext: (call, { status = 503, times = 1 } = {}) =>
        faults.failNext(call, { status, times }),
      dropNextPut: () => faults.dropNextPut(),
      expireUrls: () => signer.expire(),
    },
    issue({ filename, contentType }) {
      const fileId = `file_${randomUUID().replaceAll('-', '')}`
      const blobPath = `chat/${fileId}/${safeName(filename)}`
      const grant = { method: 'PUT', blobPath, contentType } as const
      return { fileId, signedUrl: origin + signer.sign(grant, settings.uploadUrlMs), blobPath }
    },
    viewUrl(blobPath) {
      if (shelf.find(blobPath) === null) return null
      return origin + signer.sign({ method: 'GET', blobPath, contentType: '' }, settings.viewUrlMs)
    },
    findByUrl(text) {
      const url = URL.parse(text)
      const blobPath = url?.origin === origin ? blobPathOf(url) : null
      if (url === null || blobPath === null) return null
      const problem = signer.check(url, { method: 'GET', blobPath, contentType: '' })
      return problem === null ? shelf.find(blobPath) : null
    },
    read: (blobPath) => shelf.read(blobPath),
    takeFault: (call) => faults.take(call),
    idle: () => server.idle(),
    async close() {
      closing.abort()
      await server.close()
    },
  }
}
