import { PutFault } from '@fluokit/core/uploads'
import { FluoFault } from '@fluokit/core/wire'
import { describe, expect, it } from 'vitest'
import { scriptedUploads, type ScriptedUploadsOptions } from './scripted-uploads.ts'

const file = { name: 'a.txt', mediaType: 'text/plain', size: 1000 }
const bytes = new Blob(['x'.repeat(1000)])

async function upload(
  { transport }: ReturnType<typeof scriptedUploads>,
  signal = new AbortController().signal,
): Promise<readonly number[]> {
  const sent: number[] = []
  const place = await transport.request(file, signal)
  await transport.put(place, bytes, { signal, onProgress: (count) => sent.push(count) })
  return sent
}

describe('scriptedUploads', () => {
  it('stores every file at once unless told otherwise', async () => {
    expect(await upload(scriptedUploads())).toEqual([1000])
  })

  it.each([
    ['refused', new PutFault(400, false)],
    ['expired', new PutFault(403, true)],
    ['lost', new FluoFault({ code: 'network' })],
    ['forbidden', new FluoFault({ code: 'forbidden', status: 403 })],
  ] as const)('ends as planned: %s', async (end, fault) => {
    await expect(upload(scriptedUploads({ plan: () => end }))).rejects.toEqual(fault)
  })

  it('counts the tries of a file', async () => {
    const uploads = scriptedUploads({ plan: (_, attempt) => (attempt === 0 ? 'lost' : 'stored') })
    await expect(upload(uploads)).rejects.toThrow('network')

    expect(await upload(uploads)).toEqual([1000])
  })

  it('sends as fast as planned', async () => {
    const waits: number[] = []
    const schedule: ScriptedUploadsOptions['schedule'] = (callback, delay) => {
      waits.push(delay)
      queueMicrotask(callback)
      return () => undefined
    }
    const plan = (): object => ({ bytesPerSecond: 4000 })

    expect(await upload(scriptedUploads({ plan, schedule }))).toEqual([400, 800, 1000])
    expect(waits).toEqual([100, 100])
  })

  it('lets the test send and end what is held, and is left by an abort', async () => {
    const uploads = scriptedUploads({ plan: () => 'held' })
    const first = upload(uploads)
    await Promise.resolve()
    uploads.put('a.txt').send(0.5)
    uploads.put('a.txt').end('stored')
    expect(await first).toEqual([0, 500])
    const leaving = new AbortController()
    const second = upload(uploads, leaving.signal)
    await Promise.resolve()
    leaving.abort(new Error('left'))

    await expect(second).rejects.toThrow('left')
    expect(uploads.puts).toHaveLength(2)
  })

  it('shows what it stored, or says that it is gone', async () => {
    const { signal } = new AbortController()
    const uploads = scriptedUploads({ view: (ref) => (ref === 'gone' ? null : `data:,${ref}`) })

    expect(await uploads.transport.view('here', signal)).toBe('data:,here')
    await expect(uploads.transport.view('gone', signal)).rejects.toThrow('forbidden')
    expect(uploads.viewed).toEqual(['here', 'gone'])
  })
})
