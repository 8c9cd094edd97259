/** A new random ID: 128 bits as hexadecimal digits. Works where `crypto.randomUUID` is absent (plain http), too. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
