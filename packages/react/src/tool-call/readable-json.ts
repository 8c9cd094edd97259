/** A value from the wire as text a person can read: text as it is, anything else as indented JSON. */
export function readableJson(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value, null, 2) ?? '')
}
