/** One line without control characters and ligatures, and with single spaces. A piece keeps those at its ends. */
export function tidy(text: string, { isPiece = false }: { isPiece?: boolean } = {}): string {
  const tidied = text
    .replaceAll('\u00AD', '')
    .replaceAll(/[\uFB00-\uFB06]/g, (ligature) => ligature.normalize('NFKC'))
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
  return isPiece ? tidied : tidied.trim()
}
