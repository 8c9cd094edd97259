const longest = 420

/** A text in quotation marks, as far as a person would read a quotation, in Markdown. */
export function quote(text: string): string {
  if (text.length <= longest) return `“${plain(text)}”`
  const cut = text.slice(0, longest)
  return `“${plain(cut.slice(0, cut.lastIndexOf(' ')))} …”`
}

/** Markdown that shows a text as it is. */
export function plain(text: string): string {
  return text.replace(/[\\`*<[\]~]|(?<!\w)_|_(?!\w)/g, '\\$&')
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
