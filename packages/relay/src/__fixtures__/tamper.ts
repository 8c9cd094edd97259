import { fromBase64url, toBase64url } from '../thread/base64url.ts'

/** The parts of a handle: its version, the name of its key and the sealed bytes. */
function partsOf(handle: string): readonly [string, string, Uint8Array] {
  const [version = '', keyId = '', text = ''] = handle.split('.')
  return [version, keyId, fromBase64url(text) ?? new Uint8Array()]
}

function joined(version: string, keyId: string, bytes: Uint8Array): string {
  return `${version}.${keyId}.${toBase64url(bytes)}`
}

function flip(bytes: Uint8Array, bit: number): Uint8Array {
  const flipped = Uint8Array.from(bytes)
  flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7))
  return flipped
}

/** The handle once for each bit of its sealed bytes, with that bit flipped. */
export function bitFlips(handle: string): readonly string[] {
  const [version, keyId, bytes] = partsOf(handle)
  return Array.from({ length: bytes.length * 8 }, (_, bit) =>
    joined(version, keyId, flip(bytes, bit)),
  )
}

const characters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.= \n+/%'

/**
 * The handle with something changed, never the same text: bits, bytes or characters of it, its length, its parts.
 * `pick` gives a whole number from 0 to one less than its argument, and so decides what.
 */
export function tamper(handle: string, pick: (below: number) => number): string {
  const [version, keyId, bytes] = partsOf(handle)
  const characterAt = (): string => characters[pick(characters.length)] ?? 'A'
  const ways: readonly (() => string)[] = [
    () => joined(version, keyId, flip(bytes, pick(bytes.length * 8))),
    () => joined(version, keyId, bytes.map((byte) => byte ^ pick(256))),
    () => joined(version, keyId, bytes.subarray(0, pick(bytes.length))),
    () => joined(version, keyId, bytes.subarray(1 + pick(bytes.length - 1))),
    () => joined(version, keyId, Uint8Array.of(...bytes, pick(256))),
    () => joined(version, keyId, bytes.toReversed()),
    () => joined(version, characterAt(), bytes),
    () => joined(String(pick(10)), keyId, bytes),
    () => handle.slice(0, pick(handle.length)),
    () => {
      const at = pick(handle.length)
      return handle.slice(0, at) + characterAt() + handle.slice(at + 1)
    },
    () => {
      const at = pick(handle.length + 1)
      return handle.slice(0, at) + characterAt() + handle.slice(at)
    },
  ]
  const changed = ways[pick(ways.length)]?.() ?? ''
  return changed === handle ? `${handle}A` : changed
}
