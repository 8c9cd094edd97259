import { createTries, type Tries } from '../thread/try-again.ts'
import { FluoFault } from '../wire/errors.ts'
import type { UploadedFile } from '../wire/run-request.ts'
import type { SignedUpload } from '../wire/signed-upload.ts'
import { assertReadable } from './check-bytes.ts'
import { PutFault, type UploadRequest, type UploadTransport } from './upload-transport.ts'

/** How long a lost connection is waited for, from the loss on, in milliseconds. */
const patience = 60_000

/** How one file goes. */
export interface UploadFileOptions {
  readonly transport: UploadTransport
  readonly signal: AbortSignal
  readonly onProgress: (sent: number) => void
  readonly random: () => number
}

/**
 * Uploads one file: asks for a place, and puts the bytes there. A lost connection is tried again for a
 * minute: the bytes are the same, so putting them twice does no harm. A place that has expired is asked for again, once. Throws what
 * went wrong, or the signal's reason.
 */
export async function uploadFile(
  file: File,
  request: UploadRequest,
  options: UploadFileOptions,
): Promise<UploadedFile> {
  const { transport, signal, onProgress, random } = options
  const tries = createTries(signal, random)
  const ask = (): Promise<SignedUpload> =>
    persist(tries, signal, () => transport.request(request, signal))
  const put = (place: SignedUpload): Promise<void> =>
    persist(tries, signal, async () => {
      onProgress(0)
      try {
        await transport.put(place, file, { signal, onProgress })
      } catch (thrown) {
        await assertReadable(file) // a file that changed on the disk fails like a lost connection
        throw thrown
      }
    })

  let place = await ask()
  try {
    await put(place)
  } catch (thrown) {
    if (!(thrown instanceof PutFault && thrown.isExpired)) throw thrown
    place = await ask()
    await put(place)
  }
  return { ...request, ref: place.ref }
}

async function persist<T>(tries: Tries, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  for (;;) {
    signal.throwIfAborted()
    try {
      const result = await work()
      tries.reset()
      return result
    } catch (thrown) {
      signal.throwIfAborted()
      const isLost = thrown instanceof FluoFault && thrown.error.code === 'network'
      if (!isLost || !(await tries.next(patience))) throw thrown
    }
  }
}
