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

export interface ThreadSealer {
  /** A new handle for a raw thread ID, sealed with the first key; null for an ID over {@link longestThreadId}, or half a pair of surrogates. */
  seal(threadId: string, scope: SealScope): Promise<string | null>
  /** The raw thread ID, or null for whatever is not a handle of ours for this scope. Never throws. */
  open(handle: string, scope: SealScope): Promise<string | null>
  /** Whether a handle was sealed with the first key. */
  isCurrent(handle: string): boolean
}

/** The longest raw thread ID that is sealed, in characters. The one limit: whatever is sealed can be opened. */
export const longestThreadId = 1024

const version = '1'
const ivBytes = 12
const tagBytes = 16
const longestKeyId = 16
/** What an ID of {@link longestThreadId} characters, of three bytes each at most, comes to. */
const longestHandle =
  `${version}..`.length +
  longestKeyId +
  Math.ceil(((ivBytes + tagBytes + 3 * longestThreadId) * 4) / 3)
const encoder = new TextEncoder()

/**
 * Seals thread IDs with AES-256-GCM under a random 96-bit IV. The version, the key's name, project, agent and user
 * are authenticated with it, so a handle that is copied to another user, agent or project does not open.
 */
export function createThreadSealer(keys: readonly SealKey[]): ThreadSealer {
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
      if (threadId.length > longestThreadId || /\p{Surrogate}/u.test(threadId)) return null
      const key = await keyNamed(first)
      if (key === null) throw new Error('There is no key to seal a thread with.')
      const iv = crypto.getRandomValues(new Uint8Array(ivBytes))
      const sealed = await crypto.subtle.encrypt(
        { name: 'AES-GCM', iv, additionalData: additionalData(first, scope) },
        key,
        encoder.encode(threadId),
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
        return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(opened)
      } catch {
        return null
      }
    },
    isCurrent: (handle) => handle.startsWith(`${version}.${first}.`),
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
