/** The state of a part: words and flags. */
export type PartState = Record<string, string | number | boolean | null | undefined>

/** State as data attributes: names in kebab-case, a flag by its presence, a word or number by its value. */
export function dataAttributes(state: PartState): Record<`data-${string}`, string> {
  const attributes: Record<`data-${string}`, string> = {}
  for (const [name, value] of Object.entries(state)) {
    if (value === false || value === null || value === undefined) continue
    const kebab = name
      .replace(/^is([A-Z])/, '$1')
      .replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
    attributes[`data-${kebab.replace(/^-/, '')}`] = value === true ? '' : String(value)
  }
  return attributes
}
