/** Letters, numbers, and signs that change what they stand beside; all else depends on who wrote the file, and with what. */
const marks = /[^\p{L}\p{M}\p{N}\p{Sc}<>=±×÷≤≥%°§]+/gu

/**
 * What two spellings of one text have in common: its letters and numbers. Spaces, hyphens, quotation marks, bullets and the case
 * of letters do not count; what stands between two digits does, and so does the sign of a number.
 */
export function matchKey(text: string): string {
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\u2010-\u2015\u2212]/g, '-')
  return plain.replaceAll(marks, (mark, at: number) => {
    if (!/\d/.test(plain[at + mark.length] ?? '')) return ''
    if (/\d/.test(plain[at - 1] ?? '')) return mark.trim()
    return /(^|\s)[-+]$/.exec(mark)?.[0].trim() ?? ''
  })
}

/** The same of a heading, without its number. */
export function headingKey(heading: string | null): string {
  return matchKey((heading ?? '').replace(/^\s*(\d+(\.\d+)*[.)]?|[A-Z][.)]|[IVX]+[.)])\s+/, ''))
}
