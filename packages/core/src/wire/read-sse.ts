import { createParser } from 'eventsource-parser'
import { errorOf, FluoFault } from './errors.ts'
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
 * Iterated once. Not a generator: its promises would cost each network read as much as parsing what it brings.
 */
export function readSseBatches(
  body: ReadableStream<Uint8Array>,
  { maxEventBytes = 1024 * 1024, signal }: ReadSseOptions = {},
): AsyncIterableIterator<readonly SseMessage[]> {
  const parse = createSseParser(maxEventBytes)
  const reader = body.getReader()
  let bytes: Uint8Array = new Uint8Array()
  let isTooLarge = false
  signal?.addEventListener('abort', leave, { once: true })

  function leave(): IteratorReturnResult<undefined> {
    signal?.removeEventListener('abort', leave)
    void reader.cancel().catch(ignore)
    return { done: true, value: undefined }
  }

  return {
    [Symbol.asyncIterator]() {
      return this
    },
    async next() {
      try {
        if (isTooLarge) throw new FluoFault({ code: 'too-large' })
        while (bytes.length === 0 && !isLeft(signal)) {
          const { done, value } = await reader.read()
          if (done) return leave()
          bytes = value
        }
        if (isLeft(signal)) return leave()
        const parsed = parse(bytes.subarray(0, sliceBytes))
        bytes = bytes.subarray(sliceBytes)
        isTooLarge = parsed.isTooLarge
        return { done: false, value: parsed.batch }
      } catch (thrown) {
        const left = leave()
        if (isLeft(signal)) return left
        throw new FluoFault(errorOf(thrown))
      }
    },
    return: async () => leave(),
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
