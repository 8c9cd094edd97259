import type { Mask } from '../upstream/mask.ts'

/**
 * Teaches a mask what opens a file to whoever has it: Fluo's path and the storage's URL of it, whole, without what signs it,
 * that part by itself, and as others write them in texts of their own.
 */
export function learnFile(
  mask: Mask,
  { blobPath, url }: { readonly blobPath: string; readonly url: string },
  replacement: string,
): void {
  const [path = '', ...signature] = url.split('?')
  for (const text of [url, path, signature.join('?'), blobPath]) {
    // The mask knows each of them in the spelling of encodeURIComponent as well.
    for (const spelling of [text, decoded(text), text.replaceAll('&', '&amp;'), quoted(text)]) {
      mask.learn(spelling, replacement)
    }
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text // a percent sign that stands for itself
  }
}

/** As Python's `quote` writes it. */
function quoted(text: string): string {
  try {
    return encodeURIComponent(text).replaceAll('%2F', '/')
  } catch {
    return text // half a pair of surrogates: no URL carries it
  }
}
