import type { UploadedFile } from '../wire/run-request.ts'
import { isListedType } from '../wire/media-type.ts'
import type { UploadLimits } from '../wire/upload-limits.ts'
import type { UploadError } from './upload-error.ts'

/** Why a file may not be uploaded beside others of `total` bytes, as far as it can be told without reading it; null where it may. */
export function checkFile(
  { mediaType, size }: Pick<UploadedFile, 'mediaType' | 'size'>,
  total: number,
  limits: UploadLimits,
): UploadError | null {
  if (!isListedType(mediaType, limits.mediaTypes)) return { code: 'type' }
  if (size === 0) return { code: 'empty-file' }
  if (size > limits.fileBytes) return { code: 'large-file', limit: limits.fileBytes }
  if (total + size > limits.totalBytes) return { code: 'total', limit: limits.totalBytes }
  return null
}
