import { names } from '../../packages/core/src/wire/payload-names.ts'
import type { IsSafeName } from './safe-names.ts'

/** What stands under these was chosen by a tool or an application, keys as well. */
export const closedKeys: ReadonlySet<string> = new Set([
  ...names.input,
  ...names.output,
  'metadata',
])

/** A value at the end of a path. The value is not for printing. */
export interface Leaf {
  readonly path: string
  readonly type: string
  readonly value: unknown
}

const deepest = 12

/**
 * The leaves of one event's data, each with its path from `data` on and its JSON type; items of lists share a path
 * that ends in `[]`. Keys that are not safe to print are `<key>`.
 */
export function leavesOf(data: string, isSafe: IsSafeName): readonly Leaf[] {
  const parsed = parseData(data)
  if (parsed === undefined) return [{ path: 'data', type: 'text (not JSON)', value: data }]
  return walk(parsed, 'data', 'open', isSafe, 0)
}

/** The data as JSON; undefined when it is none. */
export function parseData(data: string): unknown {
  try {
    return JSON.parse(data) as unknown
  } catch {
    return undefined
  }
}

function walk(
  value: unknown,
  path: string,
  place: 'open' | 'closed',
  isSafe: IsSafeName,
  depth: number,
): readonly Leaf[] {
  if (typeof value !== 'object' || value === null || depth === deepest) {
    return [{ path, type: typeOf(value), value }]
  }
  if (Array.isArray(value)) {
    if (value.length === 0) return [{ path: `${path}[]`, type: 'empty', value }]
    return value.flatMap((item: unknown) => walk(item, `${path}[]`, place, isSafe, depth + 1))
  }
  const entries = Object.entries(value)
  if (entries.length === 0) return [{ path, type: 'empty object', value }]
  return entries.flatMap(([key, inner]) => {
    const name = isSafe(key, place) ? key : '<key>'
    const next = place === 'closed' || closedKeys.has(key) ? 'closed' : 'open'
    return walk(inner, `${path}.${name}`, next, isSafe, depth + 1)
  })
}

function typeOf(value: unknown): string {
  if (value === null) return 'null'
  if (typeof value !== 'string') return typeof value
  const isJson = /^\s*[[{]/.test(value) && parseData(value) !== undefined
  return isJson ? 'string (of JSON)' : 'string'
}

const types: ReadonlySet<string> = new Set(names.type)

/** Every string in a value, but for keys and for what names the type of an event. */
export function stringsIn(value: unknown, depth = 0): readonly string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null || depth > 100) return []
  return Object.entries(value).flatMap(([key, inner]) =>
    types.has(key) ? [] : stringsIn(inner, depth + 1),
  )
}
