import { isLoopbackUrl } from '../options/is-loopback-url.ts'

/** The longest URL of a storage that is taken, in characters. */
export const longestStorageUrl = 4096

/**
 * A storage's URL as Fluo says it, letter by letter, for it is signed; null for what is none: https without a user, and plain
 * http only on loopback, where Fluo itself is there.
 */
export function storageUrl(value: unknown, fluo: string): string | null {
  if (typeof value !== 'string' || value.length > longestStorageUrl) return null
  // Printable ASCII without a backslash: no two readers of it may see different hosts.
  if (!/^[\x21-\x5b\x5d-\x7e]+$/.test(value) || !URL.canParse(value)) return null
  const url = new URL(value)
  if (url.username !== '' || url.password !== '') return null
  const isAtHome = isLoopbackUrl(url) && isLoopbackUrl(new URL(fluo))
  return url.protocol === 'https:' || isAtHome ? value : null
}
