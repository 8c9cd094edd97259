import { createParser } from 'eventsource-parser'
import { FluoFault } from './errors.ts'
import type { SseMessage } from './fluo-event.ts'

export interface ReadSseOptions {
  /** The largest event taken, in bytes of its data. @default 1048576 */
  readonly maxEventBytes?: number
  /** Aborting ends the iteration quietly and closes the body. */
  readonly signal?: AbortSignal
}

/** Slices of this size make the parser's buffer limit hold for events that arrive in one piece, too. */
const sliceBytes = 64 * 1024

/** The parser's limit counts the field name of a line that is not whole yet; ours counts data only. */
const fieldPrefix = 'data: '.length

/**
 * The messages of a `text/event-stream` body, one by one, by the WHATWG rules.
 * Throws a {@link FluoFault}: `too-large` for an event over the limit, `network` when the body breaks.
 */
export async function* readSse(
  body: ReadableStream<Uint8Array>,
  options?: ReadSseOptions,
): AsyncIterable<SseMessage> {
  for await (const batch of readSseBatches(body, options)) yield* batch
}

/**
 * As {@link readSse}, but one list for each piece of bytes that arrived. The list is empty when the bytes completed
 * no message (a keep-alive comment, half a message), so that a reader can tell a quiet stream from a dead one.
 */
export async function* readSseBatches(
  body: ReadableStream<Uint8Array>,
  { maxEventBytes = 1024 * 1024, signal }: ReadSseOptions = {},
): AsyncIterable<readonly SseMessage[]> {
  const parse = createSseParser(maxEventBytes)
  const reader = body.getReader()
  const leave = (): void => void reader.cancel().catch(ignore)
  signal?.addEventListener('abort', leave, { once: true })
  try {
    for (;;) {
      if (isLeft(signal)) return
      const bytes = await read(reader, signal)
      if (bytes === null) return
      for (let start = 0; start < bytes.length; start += sliceBytes) {
        if (isLeft(signal)) return
        const { batch, isTooLarge } = parse(bytes.subarray(start, start + sliceBytes))
        yield batch
        if (isTooLarge) throw new FluoFault({ code: 'too-large' })
      }
    }
  } finally {
    signal?.removeEventListener('abort', leave)
    leave()
  }
}

async function read(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  signal: AbortSignal | undefined,
): Promise<Uint8Array | null> {
  try {
    const { done, value } = await reader.read()
    return done ? null : value
  } catch {
    if (isLeft(signal)) return null
    throw new FluoFault({ code: 'network' })
  }
}

interface Parsed {
  readonly batch: readonly SseMessage[]
  readonly isTooLarge: boolean
}

function createSseParser(maxEventBytes: number): (bytes: Uint8Array) => Parsed {
  // The parser takes the characters U+00EF U+00BB U+00BF for a byte order mark and the decoder drops a second one:
  // so the decoder keeps them all, one leading U+FEFF is dropped here, and an empty comment is fed before the bytes.
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  let isAtStart = true
  let lastId = ''
  let batch: SseMessage[] = []
  let isTooLarge = false
  const parser = createParser({
    maxBufferSize: maxEventBytes + fieldPrefix,
    onId: (id) => (lastId = id),
    onEvent: ({ event, data }) => {
      if (isLarger(data, maxEventBytes)) isTooLarge = true
      else if (!isTooLarge) batch.push({ event: event ?? 'message', data, id: lastId })
    },
    onError: ({ type }) => (isTooLarge ||= type === 'max-buffer-size-exceeded'),
  })
  parser.feed(':\n')

  return (bytes) => {
    let text = decoder.decode(bytes, { stream: true })
    if (isAtStart && text !== '') {
      isAtStart = false
      if (text.startsWith('\uFEFF')) text = text.slice(1)
    }
    batch = []
    parser.feed(text)
    return { batch, isTooLarge }
  }
}

function isLarger(text: string, bytes: number): boolean {
  if (text.length > bytes) return true
  return text.length * 3 > bytes && new TextEncoder().encode(text).length > bytes
}

function isLeft(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true
}

function ignore(): void {
  // The body is being left: how it takes that does not matter.
}
