import type { FileRef } from '@fluokit/core'

/**
 * What to call a file before people: its name, or of a URL the last segment of its path. Never the rest of a URL, which
 * may be signed and open the file to whoever reads it.
 */
export function fileName(file: FileRef): string {
  if (typeof file !== 'string') return file.name
  const [address = ''] = file.split(/[?#]/, 1)
  if (/^data:/i.test(address)) return address.slice(5).split(/[;,]/, 1)[0] ?? ''
  const segment = address.split('/').findLast((part) => part !== '') ?? ''
  if (!/^[a-z]+:\/*[^/]+\/+[^/]/i.test(address)) return segment.replace(/^.*@/, '') // a host, without who signs in
  return lastSegment(decode(segment))
}

/** A segment may hold a whole URL, encoded, with a signature of its own. */
function lastSegment(text: string): string {
  const [path = ''] = text.split(/[?#]/, 1)
  return path.split('/').findLast((part) => part !== '') ?? ''
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
