/** The state of a part: words and flags. */
export type PartState = Record<string, string | number | boolean | null | undefined>

const attributeNames = new Map<string, `data-${string}`>()

/** State as data attributes: names in kebab-case, a flag by its presence, a word or number by its value. */
export function dataAttributes(state: PartState): Record<`data-${string}`, string> {
  const attributes: Record<`data-${string}`, string> = {}
  for (const name in state) {
    const value = state[name]
    if (value === false || value === null || value === undefined) continue
    attributes[attributeOf(name)] = value === true ? '' : String(value)
  }
  return attributes
}

/** Made once for each name: there are few of them, and thousands of elements. */
function attributeOf(name: string): `data-${string}` {
  const known = attributeNames.get(name)
  if (known !== undefined) return known
  const kebab = name
    .replace(/^is([A-Z])/, '$1')
    .replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
  const made = `data-${kebab.replace(/^-/, '')}` as const
  attributeNames.set(name, made)
  return made
}
