import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** What a URL is good for. */
export interface UrlGrant {
  readonly method: 'GET' | 'PUT'
  readonly blobPath: string
  /** What the bytes have to be called when they are put; empty for a GET. */
  readonly contentType: string
}

/** Makes URLs that are good for one thing and a while, and tells which are. */
export interface UrlSigner {
  /** The path and query of a URL for this grant. */
  sign(grant: UrlGrant, lifetimeMs: number): string
  /** What is wrong with the path and query of a URL that is used for this grant; null for nothing. */
  check(url: URL, grant: UrlGrant): 'signature' | 'expired' | null
  /** All that was signed so far has expired. */
  expire(): void
}

const folder = '/files/'
const credential = 'fluokit-stand-in'

/**
 * Signs in the style of S3's query parameters: a time, a lifetime in seconds and a signature over both and the grant. The key
 * lives as long as the signer.
 */
export function createUrlSigner(now: () => number = Date.now): UrlSigner {
  const key = randomBytes(32)
  let generation = 1
  const signature = (grant: UrlGrant, parameters: URLSearchParams): Buffer => {
    const { method, blobPath, contentType } = grant
    const signed = new URLSearchParams(parameters)
    signed.delete('X-Amz-Signature')
    const text = [method, blobPath, contentType, signed.toString()].join('\n')
    return createHmac('sha256', key).update(text).digest()
  }
  return {
    sign(grant, lifetimeMs) {
      const parameters = new URLSearchParams({
        'X-Amz-Algorithm': 'STAND-IN-HMAC-SHA256',
        'X-Amz-Credential': `${credential}/${generation}`,
        'X-Amz-Date': writeDate(now()),
        'X-Amz-Expires': String(Math.ceil(lifetimeMs / 1000)),
        'X-Amz-SignedHeaders': grant.method === 'PUT' ? 'content-type;host' : 'host',
      })
      parameters.set('X-Amz-Signature', signature(grant, parameters).toString('hex'))
      return `${folder}${grant.blobPath.split('/').map(encodeURIComponent).join('/')}?${parameters}`
    },
    check({ searchParams }, grant) {
      const given = Buffer.from(searchParams.get('X-Amz-Signature') ?? '', 'hex')
      const right = signature(grant, searchParams)
      if (given.length !== right.length || !timingSafeEqual(given, right)) return 'signature'
      // All that follows is signed, and so is what was written above.
      const lifetime = Number(searchParams.get('X-Amz-Expires')) * 1000
      const isOver = now() >= readDate(searchParams.get('X-Amz-Date') ?? '') + lifetime
      const isOfNow = searchParams.get('X-Amz-Credential') === `${credential}/${generation}`
      return isOver || !isOfNow ? 'expired' : null
    },
    expire: () => void (generation += 1),
  }
}

/** The blob that the path of a URL names; null where it names none. */
export function blobPathOf({ pathname }: URL): string | null {
  if (!pathname.startsWith(folder)) return null
  try {
    return decodeURIComponent(pathname.slice(folder.length))
  } catch {
    return null
  }
}

/** `20260131T235959Z` */
function writeDate(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`
}

function readDate(text: string): number {
  return Date.parse(text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'))
}
