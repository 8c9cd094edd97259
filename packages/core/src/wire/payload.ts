/** A JSON object from the wire: its own keys only, whatever they are called. */
export type Payload = Readonly<Record<string, unknown>>

/** Whether a value is a JSON object (not a list, not null). */
export function isPayload(value: unknown): value is Payload {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The first own value among `names` that `accept` takes, name by name; undefined when there is none. */
export function pick<T>(
  payload: Payload,
  names: readonly string[],
  accept: (value: unknown) => T | undefined,
): T | undefined {
  for (const name of names) {
    if (!Object.hasOwn(payload, name)) continue
    const accepted = accept(payload[name])
    if (accepted !== undefined) return accepted
  }
  return undefined
}

/** The payload itself, then the objects nested in it once under one of `names` (the first of a list counts, too). */
export function withNested(payload: Payload, names: readonly string[]): readonly Payload[] {
  const found = [payload]
  for (const name of names) {
    if (!Object.hasOwn(payload, name)) continue
    const value = payload[name]
    const nested: unknown = Array.isArray(value) ? value[0] : value
    if (isPayload(nested)) found.push(nested)
  }
  return found
}

/** A non-empty string or a finite number as text: what IDs and names may be. */
export function asName(value: unknown): string | undefined {
  if (typeof value === 'string' && value !== '') return value
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : undefined
}

/** JSON text read as an object or a list; anything else stays as it is. */
export function unwrapJson(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value
  try {
    return JSON.parse(value) as unknown
  } catch {
    return value
  }
}
