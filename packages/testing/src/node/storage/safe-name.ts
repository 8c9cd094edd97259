/** What a person calls a file, as the last part of a path: no part of its own, nothing that a URL reads as a way up. */
export function safeName(name: string): string {
  const safe = Array.from(name.replaceAll(/[\p{Cc}\p{Cs}/\\]/gu, '_').trim())
    .slice(-200)
    .join('')
  return /^\.*$/.test(safe) ? 'file' : safe
}
