import { describe, expect, it } from 'vitest'
import { bodyOf, readAll, vectors, wrongCuts } from './__fixtures__/check-vectors.ts'
import { FluoFault } from './errors.ts'
import type { SseMessage } from './fluo-event.ts'
import { readSse, readSseBatches } from './read-sse.ts'

const encoder = new TextEncoder()
const bytes = (text: string): Uint8Array => encoder.encode(text)

function pieces(text: string, size: number): readonly Uint8Array[] {
  const whole = bytes(text)
  return Array.from({ length: Math.ceil(whole.length / size) }, (_, index) =>
    whole.slice(index * size, (index + 1) * size),
  )
}

async function readUntilThrown(
  parts: readonly Uint8Array[],
  maxEventBytes?: number,
): Promise<{ readonly datas: readonly string[]; readonly thrown: unknown }> {
  const datas: string[] = []
  try {
    const options = maxEventBytes === undefined ? {} : { maxEventBytes }
    for await (const { data } of readSse(bodyOf(parts), options)) datas.push(data)
    return { datas, thrown: null }
  } catch (thrown) {
    return { datas, thrown }
  }
}

/** A body held open by hand, which tells whether it was cancelled. */
function openBody(): {
  readonly body: ReadableStream<Uint8Array>
  readonly push: (text: string) => void
  readonly fail: () => void
  readonly isCancelled: () => boolean
} {
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined
  let cancelled = false
  const body = new ReadableStream<Uint8Array>({
    start: (given) => void (controller = given),
    cancel: () => void (cancelled = true),
  })
  return {
    body,
    push: (text) => controller?.enqueue(bytes(text)),
    fail: () => controller?.error(new TypeError('terminated')),
    isCancelled: () => cancelled,
  }
}

const tooLarge: unknown = expect.objectContaining({ error: { code: 'too-large' } })

describe('readSse', () => {
  it.each(vectors)('reads the vector "$name" at every cut (F21)', async (vector) => {
    expect(await wrongCuts(vector)).toEqual([])
  })

  it('has vectors to read', () => {
    expect(vectors.length).toBeGreaterThanOrEqual(95)
  })
})

describe('readSse with an event over the limit', () => {
  const huge = 'x'.repeat(1024 * 1024 + 1)

  it.each([
    ['in one chunk', [bytes(`data: ${huge}\n\n`)]],
    ['in one chunk that never ends', [bytes(`data: ${huge}${huge}`)]],
    ['in small chunks', pieces(`data: ${huge}\n\n`, 1000)],
    ['in many data lines', [bytes('data: 0123456789\n'.repeat(120_000))]],
    ['in many data lines with CRLF', [bytes('data: 0123456789\r\n'.repeat(120_000))]],
    ['in an event line', [bytes(`event: ${huge}${huge}\ndata: a\n\n`)]],
    ['in an id line', [bytes(`id: ${huge}${huge}\ndata: a\n\n`)]],
    ['in an id line in small chunks', pieces(`id: ${huge}${huge}\ndata: a\n\n`, 5000)],
    ['in characters of three bytes', [bytes(`data: ${'€'.repeat(350_000)}\n\n`)]],
  ])('throws too-large for one %s, after the events before it (F28)', async (_, parts) => {
    const { datas, thrown } = await readUntilThrown([bytes('data: before\n\n'), ...parts])

    expect(thrown).toBeInstanceOf(FluoFault)
    expect(thrown).toEqual(tooLarge)
    expect(datas).toEqual(['before'])
  })

  it('delivers the events that came in the same chunk before it', async () => {
    const text = `data: one\n\ndata: two\n\ndata: ${huge}\n\ndata: after\n\n`

    const { datas, thrown } = await readUntilThrown([bytes(text)])

    expect(datas).toEqual(['one', 'two'])
    expect(thrown).toEqual(tooLarge)
  })

  it('closes the body', async () => {
    const { body, push, isCancelled } = openBody()
    push(`data: ${huge}\n\n`)

    await expect(readSse(body)[Symbol.asyncIterator]().next()).rejects.toEqual(tooLarge)

    expect(isCancelled()).toBe(true)
  })

  it.each([1, 2, 3, 5, 7, 26, 1000])(
    'takes data of exactly the limit and refuses one byte more, in pieces of %i bytes',
    async (size) => {
      const exact = 'abcdefghij€'.repeat(2)

      const taken = await readUntilThrown(pieces(`data: ${exact}\n\n`, size), 26)
      const refused = await readUntilThrown(pieces(`data: ${exact}!\n\n`, size), 26)

      expect(taken).toEqual({ datas: [exact], thrown: null })
      expect(refused).toEqual({ datas: [], thrown: tooLarge })
    },
  )

  it('takes several data lines of exactly the limit, byte by byte', async () => {
    const { datas, thrown } = await readUntilThrown(pieces('data: abcd\ndata: efgh\n\n', 1), 9)

    expect(thrown).toBeNull()
    expect(datas).toEqual(['abcd\nefgh'])
  })

  it('takes 1 MiB of data by default', async () => {
    const { datas, thrown } = await readUntilThrown(pieces(`data: ${huge.slice(1)}\n\n`, 65_531))

    expect(thrown).toBeNull()
    expect(datas.map(({ length }) => length)).toEqual([1024 * 1024])
  })

  it('limits an event, not the stream: comments and small events may go on for ever', async () => {
    const comments = ': keep-alive 2026-01-01\n\n'.repeat(100_000)
    const events = `data: ${'y'.repeat(1000)}\n\n`.repeat(2000)

    const { datas, thrown } = await readUntilThrown([bytes(comments), bytes(events)])

    expect(thrown).toBeNull()
    expect(datas).toHaveLength(2000)
  })

  it('does not count a comment line of any length', async () => {
    const { datas, thrown } = await readUntilThrown([bytes(`:${huge}\ndata: a\n\n`)])

    expect(thrown).toBeNull()
    expect(datas).toEqual(['a'])
  })
})

describe('readSse and the body', () => {
  it('ends quietly when it is aborted while it waits, and closes the body', async () => {
    const { body, push, isCancelled } = openBody()
    const leaving = new AbortController()
    push('data: a\n\n')
    const iterator = readSse(body, { signal: leaving.signal })[Symbol.asyncIterator]()
    await iterator.next()

    const waiting = iterator.next()
    leaving.abort()

    expect(await waiting).toEqual({ done: true, value: undefined })
    expect(isCancelled()).toBe(true)
  })

  it('reads nothing when it is aborted before it starts', async () => {
    const { body, push, isCancelled } = openBody()
    push('data: a\n\n')

    const read = readSse(body, { signal: AbortSignal.abort() })[Symbol.asyncIterator]()

    expect(await read.next()).toEqual({ done: true, value: undefined })
    expect(isCancelled()).toBe(true)
  })

  it('ends quietly when the body breaks because it was aborted', async () => {
    const { body, fail } = openBody()
    const leaving = new AbortController()
    leaving.signal.addEventListener('abort', fail) // as the body of a fetch with this signal does
    const read = readSse(body, { signal: leaving.signal })[Symbol.asyncIterator]().next()

    leaving.abort()

    expect(await read).toEqual({ done: true, value: undefined })
  })

  it('throws network when the body breaks, after the events before', async () => {
    const { body, push, fail } = openBody()
    push('data: a\n\n')
    const iterator = readSse(body)[Symbol.asyncIterator]()

    const first = await iterator.next()
    fail()

    expect(first.value).toEqual({ event: 'message', data: 'a', id: '' })
    await expect(iterator.next()).rejects.toMatchObject({ error: { code: 'network' } })
  })

  it('closes the body when the consumer breaks out', async () => {
    const { body, push, isCancelled } = openBody()
    push('data: a\n\ndata: b\n\n')
    const seen: SseMessage[] = []

    for await (const message of readSse(body)) {
      seen.push(message)
      break
    }

    expect(seen).toHaveLength(1)
    expect(isCancelled()).toBe(true)
  })

  it('drops an event that the end of the body cuts off (F22)', async () => {
    const messages = await readAll([bytes('data: whole\n\ndata: cut off\n')])

    expect(messages.map(({ data }) => data)).toEqual(['whole'])
  })
})

describe('readSse at the end of lines and bytes', () => {
  it('gives the last event although a lone CR ends its block and the body (F23)', async () => {
    const read = await readAll([bytes('data: a\r\rdata: b\r'), bytes('\r')])

    expect(read.map(({ data }) => data)).toEqual(['a', 'b'])
  })

  it('takes a large frame a byte at a time, whole (F30)', async () => {
    const sizes = [20_000, 40_000].map((size) => pieces(`data: ${'x'.repeat(size)}\n\n`, 1))

    const read = await Promise.all(sizes.map(async (parts) => (await readAll(parts))[0]?.data))

    expect(read.map((data) => data?.length)).toEqual([20_000, 40_000])
  })
})

describe('readSseBatches', () => {
  it('gives no more of a large piece once it is aborted', async () => {
    const leaving = new AbortController()
    const piece = bytes('data: a\n\n'.repeat(50_000))
    let batches = 0

    for await (const batch of readSseBatches(bodyOf([piece]), { signal: leaving.signal })) {
      batches += Math.min(batch.length, 1)
      leaving.abort()
    }

    expect(batches).toBe(1)
  })

  it('gives one list for each piece of bytes, empty when no message was completed (F07)', async () => {
    const parts = ['data: a\n\ndata: b\n\n', ': ping\n\n', 'data: c', '\n\n'].map(bytes)
    const batches: (readonly string[])[] = []

    for await (const batch of readSseBatches(bodyOf(parts))) {
      batches.push(batch.map(({ data }) => data))
    }

    expect(batches).toEqual([['a', 'b'], [], [], ['c']])
  })
})
