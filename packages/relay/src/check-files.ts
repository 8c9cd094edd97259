import type { FileRef, TurnInput } from '@fluokit/core/wire'
import { Refusal } from './refusal.ts'

/** Refuses files that are not plain https URLs on a listed host: whoever fetches them must not be led elsewhere. */
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

function isAllowed(file: FileRef, hosts: readonly string[]): boolean {
  // Printable ASCII without a backslash: what other URL parsers could read as another host is not let through.
  if (typeof file !== 'string' || !/^[\x21-\x5b\x5d-\x7e]+$/.test(file)) return false
  return hosts.some((host) => {
    const start = `https://${host}`
    if (file.slice(0, start.length).toLowerCase() !== start) return false
    return URL.canParse(file) && /^([/?#]|$)/.test(file.slice(start.length))
  })
}
