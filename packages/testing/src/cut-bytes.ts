/** How bytes are cut: `event` sends each step whole, `byte` one byte at a time, a number so many bytes. */
export type Cut = 'event' | 'byte' | number

/** Text as UTF-8, cut in pieces. */
export function* cutBytes(text: string, cut: Cut): Generator<Uint8Array<ArrayBuffer>> {
  const bytes = new TextEncoder().encode(text)
  const size = cut === 'event' ? bytes.length : cut === 'byte' ? 1 : Math.max(1, Math.floor(cut))
  for (let start = 0; start < bytes.length; start += size) yield bytes.slice(start, start + size)
}
