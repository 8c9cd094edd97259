import { describe, expect, it } from 'vitest'
import { readJson } from './read-json.ts'
import { defaultLimits } from '../options/relay-limits.ts'

const limits = { ...defaultLimits, bodyBytes: 100 }
const encoder = new TextEncoder()

/** A body of this many bytes, some of them in characters of two. */
const bodyOf = (bytes: number): string => `"${'é'.repeat(10)}${'x'.repeat(bytes - 22)}"`

function request(body: BodyInit, length?: string): Request {
  const headers = length === undefined ? {} : { 'content-length': length }
  const init = { method: 'POST', body, headers, duplex: 'half' }
  return new Request('http://app.example/', init)
}

/** A body that comes a few bytes at a time, without a length. */
function chunked(text: string, onCancel = (): void => undefined): ReadableStream<Uint8Array> {
  const bytes = encoder.encode(text)
  let at = 0
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close()
      controller.enqueue(bytes.slice(at, at + 7))
      at += 7
    },
    cancel: onCancel,
  })
}

const metadata = (depth: number, open: string, close: string): string =>
  `{"input":{"metadata":${open.repeat(depth)}1${close.repeat(depth)}}}`

describe('readJson', () => {
  it.each<[string, (text: string) => Request]>([
    ['a length that is true', (text) => request(text, String(encoder.encode(text).length))],
    ['no length', (text) => request(chunked(text))],
    ['a length that is too small', (text) => request(chunked(text), '3')],
    ['a length that is none', (text) => request(chunked(text), 'many')],
    ['a length below zero', (text) => request(chunked(text), '-1')],
  ])('takes limits.bodyBytes and not one byte more, with %s (T15)', async (_, make) => {
    expect(await readJson(make(bodyOf(99)), limits)).toHaveLength(87)
    expect(await readJson(make(bodyOf(100)), limits)).toHaveLength(88)
    await expect(readJson(make(bodyOf(101)), limits)).rejects.toThrow('too-large (HTTP 413)')
  })

  it('does not read a body that says itself that it is too large (T15)', async () => {
    const small = request('"x"', '101')

    await expect(readJson(small, limits)).rejects.toThrow('HTTP 413')
    expect(small.bodyUsed).toBe(false)
  })

  it('reads no further than the limit (T15)', async () => {
    let isCancelled = false
    const endless = chunked('x'.repeat(100_000), () => (isCancelled = true))

    await expect(readJson(request(endless), limits)).rejects.toThrow('HTTP 413')
    expect(isCancelled).toBe(true)
  })

  it.each([
    ['objects', '{"a":', '}'],
    ['lists', '[', ']'],
  ])(
    'takes metadata of limits.metadataDepth %s, and not one more (T15)',
    async (_, open, close) => {
      const read = (depth: number): Promise<unknown> =>
        readJson(request(metadata(depth, open, close)), defaultLimits)

      await expect(read(15)).resolves.toBeTypeOf('object')
      await expect(read(16)).resolves.toBeTypeOf('object')
      await expect(read(17)).rejects.toThrow('invalid (HTTP 422)')
    },
  )

  it('counts no bracket that stands in a string, and leaves room for files where metadata has none', async () => {
    const inText = JSON.stringify({ query: '[{'.repeat(100), [`\\"${'['.repeat(100)}`]: '\\' })
    const file = '{"input":{"images":[{"ref":"r"}]}}'

    await expect(readJson(request(inText), defaultLimits)).resolves.toBeTypeOf('object')
    await expect(
      readJson(request(file), { ...defaultLimits, metadataDepth: 1 }),
    ).resolves.toBeTypeOf('object')
  })

  it.each([
    ['a million brackets', '['.repeat(1_000_000)],
    ['a million brackets behind a string', `{"a":"\\"","b":${'{"a":'.repeat(200_000)}`],
  ])('refuses %s before it parses them (T15)', async (_, body) => {
    await expect(readJson(request(body), defaultLimits)).rejects.toThrow('HTTP 422')
  })

  it.each([
    ['nothing', ''],
    ['half of it', '{"a":'],
    ['a form', 'a=1'],
    ['bytes that are no text', Uint8Array.of(0x22, 0xff, 0x22)],
    ['brackets the wrong way', ']]]'],
  ])('refuses %s', async (_, body) => {
    await expect(readJson(request(body), defaultLimits)).rejects.toThrow('invalid (HTTP 422)')
  })

  it('refuses a body that breaks off', async () => {
    const broken = new ReadableStream<Uint8Array>({
      start: (controller) => controller.error(new Error('reset')),
    })

    await expect(readJson(request(broken), defaultLimits)).rejects.toThrow('invalid (HTTP 400)')
  })
})
