import { toBase64url } from './base64url.ts'

/**
 * A short name for a value in a log: the same value gives the same name, and without the key nobody gets from the
 * name to the value. The hashing key is derived, so that it is not the key that seals.
 */
export function createKeyedHash(key: Uint8Array): (kind: string, value: string) => Promise<string> {
  const bytes = Uint8Array.from(key)
  let derived: Promise<CryptoKey> | null = null
  return async (kind, value) => {
    derived ??= derive(bytes)
    const data = new TextEncoder().encode(JSON.stringify([kind, value]))
    const hash = await crypto.subtle.sign('HMAC', await derived, data)
    return toBase64url(new Uint8Array(hash).subarray(0, 9))
  }
}

async function derive(key: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  const source = await crypto.subtle.importKey('raw', key, 'HKDF', false, ['deriveKey'])
  return crypto.subtle.deriveKey(
    {
      name: 'HKDF',
      hash: 'SHA-256',
      salt: new Uint8Array(),
      info: new TextEncoder().encode('fluokit log'),
    },
    source,
    { name: 'HMAC', hash: 'SHA-256', length: 256 },
    false,
    ['sign'],
  )
}
