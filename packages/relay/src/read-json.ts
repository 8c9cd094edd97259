import { Refusal } from './refusal.ts'

/** The JSON of a request's body, refused with 413 over `limit` bytes (counted before anything is parsed) and 422 when it is none. */
export async function readJson(request: Request, limit: number): Promise<unknown> {
  if (Number(request.headers.get('content-length') ?? 0) > limit) throw tooLarge()
  const bytes = await readBytes(request.body, limit)
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown
  } catch {
    throw new Refusal(422, 'invalid', { detail: 'The body is not JSON.' })
  }
}

async function readBytes(
  body: ReadableStream<Uint8Array> | null,
  limit: number,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let length = 0
  const reader = body?.getReader()
  for (;;) {
    const chunk = await reader?.read().catch(() => {
      throw new Refusal(400, 'invalid', { detail: 'The body broke off.' })
    })
    if (chunk === undefined || chunk.done) break
    length += chunk.value.byteLength
    if (length > limit) {
      void reader?.cancel().catch(() => undefined)
      throw tooLarge()
    }
    chunks.push(chunk.value)
  }
  const bytes = new Uint8Array(length)
  let offset = 0
  for (const chunk of chunks) {
    bytes.set(chunk, offset)
    offset += chunk.byteLength
  }
  return bytes
}

function tooLarge(): Refusal {
  return new Refusal(413, 'too-large', { detail: 'The body is over limits.bodyBytes.' })
}
