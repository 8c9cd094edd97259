import { Refusal } from '../answer/refusal.ts'
import type { RelayLimits } from '../options/relay-limits.ts'

/**
 * The JSON of a request's body. Refused with 413 over `bodyBytes`, which are counted as they come, whatever the request
 * says of its length, and with 422 when it is deeper than a turn can be, or no JSON; both before anything is parsed.
 */
export async function readJson(
  request: Request,
  { bodyBytes, metadataDepth }: Pick<RelayLimits, 'bodyBytes' | 'metadataDepth'>,
): Promise<unknown> {
  if (Number(request.headers.get('content-length') ?? 0) > bodyBytes) throw tooLarge()
  const bytes = await readBytes(request.body, bodyBytes)
  const text = textOf(bytes)
  // Metadata stands two levels down; without any, the deepest is a file in a list in the input.
  if (isDeeper(text, Math.max(metadataDepth + 2, 4))) {
    throw new Refusal(422, 'invalid', {
      detail: 'The body is nested deeper than limits.metadataDepth allows.',
    })
  }
  try {
    return JSON.parse(text) as unknown
  } catch {
    throw noJson()
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

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw noJson()
  }
}

/** Whether more than `depth` brackets are ever open at once, outside of strings. */
function isDeeper(text: string, depth: number): boolean {
  let open = 0
  let isInString = false
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index]
    if (isInString && character === '\\') index += 1
    else if (character === '"') isInString = !isInString
    else if (isInString) continue
    else if (character === '{' || character === '[') open += 1
    else if (character === '}' || character === ']') open -= 1
    if (open > depth) return true
  }
  return false
}

function tooLarge(): Refusal {
  return new Refusal(413, 'too-large', { detail: 'The body is over limits.bodyBytes.' })
}

function noJson(): Refusal {
  return new Refusal(422, 'invalid', { detail: 'The body is not JSON.' })
}
