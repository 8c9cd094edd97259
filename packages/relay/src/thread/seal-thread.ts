import { fromBase64url, toBase64url } from './base64url.ts'

/** A key with the short name that handles carry, so that keys can be rotated. `key` is exactly 32 random bytes. */
export interface SealKey {
  readonly id: string
  readonly key: Uint8Array
}

/** What a handle is good for; it opens for exactly this and nothing else. */
interface SealScope {
  readonly projectId: string
  readonly agentId: string
  readonly userId: string
}

/** What a handle stands for. */
export interface OpenedThread {
  readonly threadId: string
  /** Whether it is time for a new handle: this one was sealed with an older key, or is past half its life. */
  readonly isStale: boolean
}

export interface ThreadSealer {
  /** A new handle for a raw thread ID, sealed with the first key; null for one that is empty, over {@link longestThreadId}, or half a pair of surrogates. */
  seal(threadId: string, scope: SealScope): Promise<string | null>
  /** The thread, or null for whatever is not a handle of ours for this scope and this time. Never throws. */
  open(handle: string, scope: SealScope): Promise<OpenedThread | null>
}

/** The longest raw thread ID that is sealed, in characters. The one limit: whatever is sealed can be opened. */
export const longestThreadId = 1024

const version = '2'
const ivBytes = 12
const timeBytes = 4
const tagBytes = 16
const longestKeyId = 16
/** What an ID of {@link longestThreadId} characters, of three bytes each at most, comes to. */
const longestHandle =
  `${version}..`.length +
  longestKeyId +
  Math.ceil(((ivBytes + timeBytes + 3 * longestThreadId + tagBytes) * 4) / 3)
/** How far the clocks of two relays may be apart, in milliseconds. */
const leeway = 5 * 60_000
const encoder = new TextEncoder()

/**
 * Seals thread IDs, with the time, by AES-256-GCM under a random 96-bit IV. The version, the key's name, project, agent
 * and user are authenticated with it, so a handle that is copied to another user, agent or project does not open. With
 * `lifetimeMs`, neither does one that is older, or from the future.
 */
export function createThreadSealer(
  keys: readonly SealKey[],
  lifetimeMs: number = Infinity,
): ThreadSealer {
  const imported = new Map<string, Promise<CryptoKey>>()
  const keyNamed = (id: string): Promise<CryptoKey> | null => {
    const found = keys.find((key) => key.id === id)
    if (found === undefined) return null
    const ready = imported.get(id) ?? importKey(found.key)
    imported.set(id, ready)
    return ready
  }
  const first = keys[0]?.id ?? ''

  return {
    async seal(threadId, scope) {
      const isSealable = threadId !== '' && threadId.length <= longestThreadId
      if (!isSealable || /\p{Surrogate}/u.test(threadId)) return null
      const key = await keyNamed(first)
      if (key === null) throw new Error('There is no key to seal a thread with.')
      const iv = crypto.getRandomValues(new Uint8Array(ivBytes))
      const sealed = await crypto.subtle.encrypt(
        { name: 'AES-GCM', iv, additionalData: additionalData(first, scope) },
        key,
        withTime(threadId, Date.now()),
      )
      const bytes = new Uint8Array(ivBytes + sealed.byteLength)
      bytes.set(iv)
      bytes.set(new Uint8Array(sealed), ivBytes)
      return `${version}.${first}.${toBase64url(bytes)}`
    },
    async open(handle, scope) {
      if (handle.length > longestHandle) return null
      const [found, id, text, ...rest] = handle.split('.')
      if (found !== version || id === undefined || text === undefined || rest.length > 0)
        return null
      const bytes = fromBase64url(text)
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
        const { threadId, sealedAt } = readTime(opened)
        const age = Date.now() - sealedAt
        if (age > lifetimeMs + leeway || (age < -leeway && lifetimeMs !== Infinity)) return null
        return { threadId, isStale: id !== first || age > lifetimeMs / 2 }
      } catch {
        return null
      }
    },
  }
}

/** The time goes first, in seconds, so that a handle of a UUID stays within a hundred characters. */
function withTime(threadId: string, now: number): Uint8Array<ArrayBuffer> {
  const text = encoder.encode(threadId)
  const bytes = new Uint8Array(timeBytes + text.byteLength)
  new DataView(bytes.buffer).setUint32(0, Math.floor(now / 1000))
  bytes.set(text, timeBytes)
  return bytes
}

function readTime(bytes: ArrayBuffer): { readonly threadId: string; readonly sealedAt: number } {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  return {
    threadId: decoder.decode(bytes.slice(timeBytes)),
    sealedAt: new DataView(bytes).getUint32(0) * 1000,
  }
}

/** JSON keeps the fields apart whatever they contain, and keeps lone surrogates distinct. */
function additionalData(keyId: string, scope: SealScope): Uint8Array<ArrayBuffer> {
  const { projectId, agentId, userId } = scope
  return encoder.encode(
    JSON.stringify(['fluokit-thread', version, keyId, projectId, agentId, userId]),
  )
}

function importKey(key: Uint8Array): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', Uint8Array.from(key), 'AES-GCM', false, [
    'encrypt',
    'decrypt',
  ])
}
