const most = 8

/** A few plain facts as pairs of name and text; null where a value is anything else. */
export function factsIn(value: unknown): readonly (readonly [name: string, fact: string])[] | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
  const entries = Object.entries(value)
  const isPlain = entries.every(([, fact]) => ['string', 'number', 'boolean'].includes(typeof fact))
  if (!isPlain || entries.length === 0 || entries.length > most) return null
  return entries.map(([name, fact]) => [name, String(fact)])
}
