import { describe, expect, it, vi } from 'vitest'
import { putBytes, type PutRequest } from './put-bytes.ts'

const file = new File(['x'.repeat(300_000)], 'a.txt', { type: 'text/plain' })

function put(url: string, change: Partial<PutRequest> = {}): ReturnType<typeof putBytes> {
  return putBytes({
    url,
    headers: new Headers({ 'content-type': 'text/plain' }),
    body: file,
    credentials: 'same-origin',
    signal: new AbortController().signal,
    onProgress: () => undefined,
    ...change,
  })
}

describe('putBytes, in a browser', () => {
  it('tells how far it is up to the last byte, and brings back what the server says', async () => {
    const sent: number[] = []

    const answer = await put('/nowhere', { onProgress: (bytes) => sent.push(bytes) })

    expect(answer.status).toBeGreaterThanOrEqual(400) // the server of these tests takes no files
    expect([...answer.headers.keys()]).toContain('content-length')
    expect(sent.at(-1)).toBe(file.size)
    expect(sent).toEqual(sent.toSorted((a, b) => a - b))
  })

  it('sends no cookie to a storage that stands on the origin of the page', async () => {
    const send = vi.spyOn(XMLHttpRequest.prototype, 'send') // has cookies of its own origin along, whatever it is told
    const call = vi.spyOn(globalThis, 'fetch')
    await put('/nowhere', { credentials: 'omit' })
    await put('http://127.0.0.1:9', { credentials: 'omit' }).catch(() => undefined)

    expect(call.mock.calls).toMatchObject([['/nowhere', { method: 'PUT', credentials: 'omit' }]])
    expect(send).toHaveBeenCalledOnce() // at the other origin, where it has none
  })

  it('says of a server that is not there that the connection was lost', async () => {
    await expect(put('http://127.0.0.1:9')).rejects.toMatchObject({ error: { code: 'network' } })
  })

  it('stops when it is left, and rejects with the reason (F76)', async () => {
    const leaving = new AbortController()
    const reason = new Error('left')
    const answer = put('/nowhere', {
      signal: leaving.signal,
      onProgress: () => leaving.abort(reason),
    })

    await expect(answer).rejects.toBe(reason)
  })
})
