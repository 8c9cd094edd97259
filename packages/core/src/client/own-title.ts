/** No more than this is kept of a title, in UTF-16 units. */
const most = 200

/** A title of a person's own: on one line, up to 200 characters of it and none of them cut in two; null where it is blank. */
export function ownTitle(title: string | null): string | null {
  const words = title?.trim().replace(/\s+/g, ' ') ?? ''
  const cut = words
    .slice(0, most)
    .replace(/\p{Cs}$/u, '')
    .trimEnd()
  return cut === '' ? null : cut
}
