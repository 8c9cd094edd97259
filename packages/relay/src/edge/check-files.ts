import type { FileRef, TurnInput } from '@fluokit/core/wire'
import { Refusal } from '../answer/refusal.ts'

/**
 * Refuses files that are not plain https URLs on a listed host: the relay fetches none of them, and whoever does must
 * not be led elsewhere.
 */
export function checkFiles(input: TurnInput, hosts: readonly string[]): void {
  for (const name of ['documents', 'images', 'audios'] as const) {
    for (const file of input[name] ?? []) {
      if (isAllowed(file, hosts)) continue
      throw new Refusal(422, 'invalid', {
        detail: `A file in "${name}" is not an https URL on a host that the relay's option fileHosts lists.`,
      })
    }
  }
}

/** A URL stands for a file elsewhere. Anything else would be an upload, and this relay has issued none. */
function isAllowed(file: FileRef, hosts: readonly string[]): boolean {
  return typeof file === 'string' && isOnHost(file, hosts)
}

/** By its letters, and not as some parser reads it: no two readers of what passes can name different hosts. */
function isOnHost(url: string, hosts: readonly string[]): boolean {
  // Printable ASCII without a backslash: what other URL parsers could read as another host is not let through.
  if (!/^[\x21-\x5b\x5d-\x7e]+$/.test(url)) return false
  return hosts.some((host) => {
    const start = `https://${host}`
    if (url.slice(0, start.length).toLowerCase() !== start) return false
    return /^([/?#]|$)/.test(url.slice(start.length))
  })
}
