import type { UploadLimits } from '@fluokit/core/wire'

/** Endings of types that systems often do not know, and would offer no file of. */
const endings: Readonly<Record<string, readonly string[]>> = {
  'text/csv': ['.csv'],
  'text/markdown': ['.md', '.markdown'],
}

/** What a picker of files offers, as the `accept` of an `<input type="file">`. */
export function acceptOf({ mediaTypes }: UploadLimits): string {
  return mediaTypes.flatMap((type) => [type, ...(endings[type] ?? [])]).join(',')
}
