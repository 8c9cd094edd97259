import type { Upload } from '@fluokit/core/uploads'
import type { Labels } from '../labels.ts'
import { isFolder } from './folders.ts'

/** Why an upload failed, in the labels' words; empty for one that did not. */
export function uploadSentence({ file, error }: Upload, labels: Labels): string {
  if (error === null) return ''
  if (isFolder(file)) return labels.folder
  const { code, limit } = error
  const isLarge = code === 'large-file' || code === 'total'
  if (!isLarge) return labels.uploadErrors[code]
  return labels.uploadLimits[code](labels.fileSize(limit ?? 0))
}
