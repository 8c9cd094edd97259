import { FluoFault } from '../wire/errors.ts'
import type { UploadError } from './upload-error.ts'
import { PutFault } from './upload-transport.ts'

/** An `Error` that carries an {@link UploadError}. Its message names the code and the status, and nothing of the file. */
export class UploadFault extends Error {
  readonly error: UploadError

  constructor(error: UploadError) {
    const status = error.status === undefined ? '' : ` (HTTP ${error.status})`
    super(`An upload failed: ${error.code}${status}`)
    this.name = 'UploadFault'
    this.error = error
  }
}

/** The facts behind anything thrown on the way of a file; what nobody knows counts as the network's. */
export function uploadErrorOf(thrown: unknown): UploadError {
  if (thrown instanceof UploadFault) return thrown.error
  if (thrown instanceof PutFault) return { code: 'storage', status: thrown.status }
  if (!(thrown instanceof FluoFault)) return { code: 'network' }
  const { code, status, retryAt, requestId } = thrown.error // and not `detail`, which may repeat a name
  return {
    code,
    ...(status !== undefined && { status }),
    ...(retryAt !== undefined && { retryAt }),
    ...(requestId !== undefined && { requestId }),
  }
}
