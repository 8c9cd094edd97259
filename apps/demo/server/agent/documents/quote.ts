const longest = 420

/** A text in quotation marks, as far as a person would read a quotation. */
export function quote(text: string): string {
  if (text.length <= longest) return `“${text}”`
  const cut = text.slice(0, longest)
  return `“${cut.slice(0, cut.lastIndexOf(' '))} …”`
}

/** `3 pages`, `1 page` */
export function count(number: number, one: string, several: string = `${one}s`): string {
  return `${number.toLocaleString('en')} ${number === 1 ? one : several}`
}

const mostListed = 12

/** `a, b and c`, and how many more there are where there are many. */
export function list(items: readonly string[]): string {
  const more = items.length - mostListed
  const shown = more > 1 ? [...items.slice(0, mostListed), `${more} more`] : items
  return new Intl.ListFormat('en-GB').format(shown)
}
