import { fromBase64url, toBase64url } from './base64url.ts'

/** A key with the short name that handles carry, so that keys can be rotated. `key` is exactly 32 random bytes. */
export interface SealKey {
  readonly id: string
  readonly key: Uint8Array
}

/** What a handle stands for. */
export interface Opened {
  readonly text: string
  /** Whether it is time for a new handle: this one was sealed with an older key, or is past half its life. */
  readonly isStale: boolean
}

/** Makes handles of one kind; each is for one scope, which is told when it is opened, and not inside. */
export interface Sealer {
  /** A new handle for a text, sealed with the first key; null for one that is empty, over `longest`, or half a pair of surrogates. */
  seal(text: string, scope: readonly string[]): Promise<string | null>
  /** The text, or null for whatever is not a handle of this kind, for this scope and this time. Never throws. */
  open(handle: string, scope: readonly string[]): Promise<Opened | null>
}

export interface SealerOptions {
  /** What the handles are of. Those of another kind do not open. */
  readonly kind: string
  /** The longest text that is sealed, in characters. The one limit: whatever is sealed can be opened. */
  readonly longest: number
  /** How long a handle opens, in milliseconds, with five minutes of leeway for clocks. @default for ever */
  readonly lifetimeMs?: number | undefined
}

const version = '2'
const ivBytes = 12
const timeBytes = 4
const tagBytes = 16
const longestKeyId = 16
/** How far the clocks of two relays may be apart, in milliseconds. */
const leeway = 5 * 60_000
const encoder = new TextEncoder()

/**
 * Seals texts, with the time, by AES-256-GCM under a random 96-bit IV. The kind, the version, the key's name and the scope are
 * authenticated with it, so a handle that is copied to another user, or used as one of another kind, does not open. With
 * `lifetimeMs`, neither does one that is older, or from the future.
 */
export function createSealer(
  keys: readonly SealKey[],
  { kind, longest, lifetimeMs = Infinity }: SealerOptions,
): Sealer {
  const imported = new Map<string, Promise<CryptoKey>>()
  const keyNamed = (id: string): Promise<CryptoKey> | null => {
    const found = keys.find((key) => key.id === id)
    if (found === undefined) return null
    const ready = imported.get(id) ?? importKey(found.key)
    imported.set(id, ready)
    return ready
  }
  const first = keys[0]?.id ?? ''
  // A character is three bytes at most.
  const longestHandle =
    `${version}..`.length +
    longestKeyId +
    Math.ceil(((ivBytes + timeBytes + 3 * longest + tagBytes) * 4) / 3)
  /** JSON keeps the fields apart whatever they contain, and keeps lone surrogates distinct. */
  const additionalData = (keyId: string, scope: readonly string[]): Uint8Array<ArrayBuffer> =>
    encoder.encode(JSON.stringify([kind, version, keyId, ...scope]))

  return {
    async seal(text, scope) {
      const isSealable = text !== '' && text.length <= longest
      if (!isSealable || /\p{Surrogate}/u.test(text)) return null
      const key = await keyNamed(first)
      if (key === null) throw new Error('There is no key to seal with.')
      const iv = crypto.getRandomValues(new Uint8Array(ivBytes))
      const sealed = await crypto.subtle.encrypt(
        { name: 'AES-GCM', iv, additionalData: additionalData(first, scope) },
        key,
        withTime(text, Date.now()),
      )
      const bytes = new Uint8Array(ivBytes + sealed.byteLength)
      bytes.set(iv)
      bytes.set(new Uint8Array(sealed), ivBytes)
      return `${version}.${first}.${toBase64url(bytes)}`
    },
    async open(handle, scope) {
      if (handle.length > longestHandle) return null
      const [found, id, sealed, ...rest] = handle.split('.')
      if (found !== version || id === undefined || sealed === undefined || rest.length > 0)
        return null
      const bytes = fromBase64url(sealed)
      const key = await keyNamed(id)
      if (key === null || bytes === null) return null
      try {
        const opened = await crypto.subtle.decrypt(
          {
            name: 'AES-GCM',
            iv: bytes.subarray(0, ivBytes),
            additionalData: additionalData(id, scope),
          },
          key,
          bytes.subarray(ivBytes),
        )
        const { text, sealedAt } = readTime(opened)
        const age = Date.now() - sealedAt
        if (age > lifetimeMs + leeway || (age < -leeway && lifetimeMs !== Infinity)) return null
        return { text, isStale: id !== first || age > lifetimeMs / 2 }
      } catch {
        return null
      }
    },
  }
}

/** The time goes first, in seconds, so that a handle of a UUID stays within a hundred characters. */
function withTime(text: string, now: number): Uint8Array<ArrayBuffer> {
  const encoded = encoder.encode(text)
  const bytes = new Uint8Array(timeBytes + encoded.byteLength)
  new DataView(bytes.buffer).setUint32(0, Math.floor(now / 1000))
  bytes.set(encoded, timeBytes)
  return bytes
}

function readTime(bytes: ArrayBuffer): { readonly text: string; readonly sealedAt: number } {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  return {
    text: decoder.decode(bytes.slice(timeBytes)),
    sealedAt: new DataView(bytes).getUint32(0) * 1000,
  }
}

function importKey(key: Uint8Array): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', Uint8Array.from(key), 'AES-GCM', false, [
    'encrypt',
    'decrypt',
  ])
}
