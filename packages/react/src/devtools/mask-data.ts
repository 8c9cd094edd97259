import { maskText } from './mask-text.ts'

/** Deeper than this, nothing is looked at any more. */
const deepest = 60

/**
 * Data of a tool with all of its words masked, those of its keys as well: lists, objects and the kinds of values stay. Digits
 * become ones, so a number stays one.
 */
export function maskData(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return maskText(value)
  if (typeof value === 'number') return maskNumber(value)
  if (typeof value !== 'object' || value === null) return value
  if (depth === deepest) return null
  if (Array.isArray(value)) return value.map((item: unknown) => maskData(item, depth + 1))
  const keys = new Set<string>()
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      newKey(maskText(key), keys),
      maskData(item, depth + 1),
    ]),
  )
}

/** Two keys that look alike when they are masked are still two. */
function newKey(masked: string, taken: Set<string>): string {
  let key = masked
  for (let count = 2; taken.has(key); count += 1) key = `${masked}_${count}`
  taken.add(key)
  return key
}

function maskNumber(value: number): number {
  const masked = Number(String(value).replaceAll(/\d/g, '1'))
  return Number.isFinite(masked) ? masked : 1
}
