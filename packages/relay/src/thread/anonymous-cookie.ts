import { fromBase64url, toBase64url } from './base64url.ts'
import type { Authorization } from '../options/relay-options.ts'
import { isWeakKey } from '../options/weak-key.ts'

export interface AnonymousCookieOptions {
  /** At least 32 random bytes that sign the cookie. */
  readonly key: Uint8Array
  /** @default '__Host-fluokit' when the cookie is secure, else 'fluokit' */
  readonly name?: string
  /** @default 31536000 (a year) */
  readonly maxAgeSeconds?: number
  /** Set it to true behind a proxy that ends TLS. @default whether the request's URL is https */
  readonly secure?: boolean
}

/**
 * An `authorize` for applications without accounts: each browser is a user of its own, known by a random ID in a
 * signed, HttpOnly, SameSite=Lax cookie. A cookie that is missing or was not signed by us makes a new user.
 */
export function anonymousCookie({
  key,
  name,
  maxAgeSeconds = 365 * 24 * 60 * 60,
  secure,
}: AnonymousCookieOptions): (request: Request) => Promise<Authorization> {
  if (!(key instanceof Uint8Array) || key.byteLength < 32) {
    throw new Error('anonymousCookie: key must be at least 32 random bytes.')
  }
  if (isWeakKey(key)) {
    throw new Error(
      'anonymousCookie: key must be random bytes, decoded from text such as that of `openssl rand -base64 32`.',
    )
  }
  if (name !== undefined && !/^[\w-]+$/.test(name)) {
    throw new Error('anonymousCookie: name may consist of letters, digits, - and _ only.')
  }
  const bytes = Uint8Array.from(key)
  let imported: Promise<CryptoKey> | null = null

  return async (request) => {
    imported ??= importKey(bytes)
    const signingKey = await imported
    const isSecure = secure ?? new URL(request.url).protocol === 'https:'
    const cookie = name ?? (isSecure ? '__Host-fluokit' : 'fluokit')
    for (const value of cookiesNamed(cookie, request.headers.get('cookie') ?? '')) {
      const userId = await verify(value, cookie, signingKey)
      if (userId !== null) return { userId }
    }
    const userId = toBase64url(crypto.getRandomValues(new Uint8Array(16)))
    const mac = await crypto.subtle.sign('HMAC', signingKey, signed(cookie, userId))
    const attributes = `Path=/; Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`
    return {
      userId,
      headers: {
        'set-cookie': `${cookie}=${userId}.${toBase64url(new Uint8Array(mac))}; ${attributes}`,
      },
    }
  }
}

async function verify(value: string, name: string, key: CryptoKey): Promise<string | null> {
  const [userId = '', text = '', ...rest] = value.split('.')
  const mac = fromBase64url(text)
  if (mac === null || rest.length > 0 || !/^[\w-]{22}$/.test(userId)) return null
  return (await crypto.subtle.verify('HMAC', key, mac, signed(name, userId))) ? userId : null
}

function signed(name: string, userId: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(JSON.stringify(['fluokit-anonymous', 1, name, userId]))
}

/** At most a few: a header full of forged cookies is not worth a signature check each. */
function cookiesNamed(name: string, header: string): readonly string[] {
  return header
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .slice(0, 4)
    .map((pair) => pair.slice(name.length + 1))
}

function importKey(key: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', key, { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
    'verify',
  ])
}
