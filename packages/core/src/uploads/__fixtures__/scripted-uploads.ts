import type { SignedUpload } from '../../wire/signed-upload.ts'
import type { UploadRequest, UploadTransport } from '../upload-transport.ts'

/** Bytes on their way, which the test leads. */
interface OpenPut {
  readonly file: Blob & { readonly name?: string }
  readonly place: SignedUpload
  readonly signal: AbortSignal
  readonly isOpen: () => boolean
  readonly progress: (sent: number) => void
  readonly end: () => void
  readonly fail: (thrown: Error) => void
}

export interface ScriptedUploads {
  readonly transport: UploadTransport
  readonly requests: readonly UploadRequest[]
  readonly puts: readonly OpenPut[]
  /** What the next request is refused with. */
  readonly refuse: (thrown: Error) => void
}

export function scriptedUploads(): ScriptedUploads {
  const requests: UploadRequest[] = []
  const puts: OpenPut[] = []
  const refusals: Error[] = []
  return {
    requests,
    puts,
    refuse: (thrown) => void refusals.push(thrown),
    transport: {
      async request(file) {
        const ref = `ref-${requests.push(file)}`
        await Promise.resolve()
        const refusal = refusals.shift()
        if (refusal !== undefined) throw refusal
        return { ref, url: `https://store.example/${ref}`, ticket: null, headers: {} }
      },
      put: (place, file, { signal, onProgress }) =>
        new Promise((resolve, reject) => {
          let isOpen = true
          const close = (then: () => void) => (): void => {
            isOpen = false
            then()
          }
          signal.addEventListener(
            'abort',
            close(() => reject(signal.reason as Error)),
          )
          puts.push({
            file,
            place,
            signal,
            isOpen: () => isOpen,
            progress: onProgress,
            end: close(resolve),
            fail: (thrown) => close(() => reject(thrown))(),
          })
        }),
      view: (ref) => Promise.resolve(`https://store.example/${ref}?X-Amz-Expires=60`),
    },
  }
}
