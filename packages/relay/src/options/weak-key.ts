/** Whether bytes that should be random are plainly not: text, or bytes that repeat, count or follow a pattern. */
export function isWeakKey(key: Uint8Array): boolean {
  const steps = key.map((byte, index) => byte - (key[index - 1] ?? 0)).subarray(1)
  const many = key.length / 4
  return (
    key.every((byte) => byte >= 0x20 && byte <= 0x7e) ||
    mostOfOne(key) >= many ||
    mostOfOne(steps) >= many ||
    isRepeated(key)
  )
}

/** How often the commonest byte comes. Of 32 random ones, no byte comes eight times in any lifetime. */
function mostOfOne(bytes: Uint8Array): number {
  const counts = new Uint32Array(256)
  for (const byte of bytes) counts[byte] = (counts[byte] ?? 0) + 1
  return Math.max(...counts)
}

/** Whether the bytes are a shorter piece over and over. */
function isRepeated(bytes: Uint8Array): boolean {
  for (let length = 1; length <= bytes.length / 2; length += 1) {
    if (bytes.every((byte, index) => byte === bytes[index % length])) return true
  }
  return false
}
