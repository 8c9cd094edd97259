import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { putBytes } from './put-bytes.ts'

/** A browser's XMLHttpRequest, as far as it is used, led by the test. */
class FakeXhr extends EventTarget {
  static last: FakeXhr | null = null
  readonly upload = new EventTarget()
  status = 0
  responseText = ''
  withCredentials = false
  isAborted = false

  constructor() {
    super()
    FakeXhr.last = this
  }

  open(): void {}
  setRequestHeader(): void {}
  getAllResponseHeaders(): string {
    return ''
  }
  send(): void {}
  abort(): void {
    this.isAborted = true
    this.dispatchEvent(new Event('loadend'))
  }
}

const minute = 60_000

function put(): { readonly xhr: FakeXhr; readonly answer: Promise<unknown> } {
  const answer = putBytes({
    url: 'https://store.example/a',
    headers: new Headers(),
    body: new Blob(['text']),
    credentials: 'omit',
    signal: new AbortController().signal,
    onProgress: () => undefined,
  }).catch((thrown: unknown) => thrown)
  const xhr = FakeXhr.last
  if (xhr === null) throw new Error('nothing was sent')
  return { xhr, answer }
}

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('XMLHttpRequest', FakeXhr)
  vi.stubGlobal('location', new URL('https://app.example/'))
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  FakeXhr.last = null
})

describe('putBytes, where nothing moves', () => {
  it('takes a connection that takes no byte for a minute for a lost one', async () => {
    const { xhr, answer } = put()
    await vi.advanceTimersByTimeAsync(minute - 1)
    xhr.upload.dispatchEvent(new Event('progress'))
    await vi.advanceTimersByTimeAsync(minute - 1)
    expect(xhr.isAborted).toBe(false)
    await vi.advanceTimersByTimeAsync(1)

    expect(await answer).toMatchObject({ error: { code: 'network' } })
  })

  it('waits longer for the answer once all bytes are sent: a relay waits for its storage', async () => {
    const { xhr, answer } = put()
    xhr.upload.dispatchEvent(new Event('load'))
    await vi.advanceTimersByTimeAsync(2 * minute + 10_000)
    expect(xhr.isAborted).toBe(false)
    await vi.advanceTimersByTimeAsync(minute)

    expect(await answer).toMatchObject({ error: { code: 'network' } })
    expect(vi.getTimerCount()).toBe(0)
  })
})
