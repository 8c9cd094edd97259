import type { TurnInput } from '@fluokit/core/wire'
import { Refusal } from '../answer/refusal.ts'

/**
 * Refuses files that are not plain https URLs on a listed host: the relay fetches none of them, and whoever does must
 * not be led elsewhere. A file that was uploaded passes where the relay `takesUploads`: its ref is opened later.
 */
export function checkFiles(
  input: TurnInput,
  hosts: readonly string[],
  takesUploads: boolean,
): void {
  for (const name of ['documents', 'images', 'audios'] as const) {
    for (const file of input[name] ?? []) {
      if (typeof file !== 'string') {
        if (takesUploads) continue
        throw new Refusal(403, 'forbidden', {
          detail: `"${name}" names a file that was uploaded, and the relay's option uploads is not set.`,
        })
      }
      if (isOnHost(file, hosts)) continue
      throw new Refusal(422, 'invalid', {
        detail: `A file in "${name}" is not an https URL on a host that the relay's option fileHosts lists.`,
      })
    }
  }
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
