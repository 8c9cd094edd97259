import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { FluoFault } from '../wire/errors.ts'
import type { TurnInput } from '../wire/run-request.ts'
import { defaultUploadLimits } from '../wire/upload-limits.ts'
import { scriptedUploads, type ScriptedUploads } from './__fixtures__/scripted-uploads.ts'
import { createUploads, type CreateUploadsOptions } from './create-uploads.ts'
import { PutFault } from './upload-transport.ts'
import type { DraftOfFiles, ThreadUploads, Uploads } from './uploads.ts'

interface Opened extends ScriptedUploads {
  readonly client: Uploads
  readonly uploads: ThreadUploads
  readonly draft: DraftOfFiles
}

function open(options: Partial<CreateUploadsOptions> = {}): Opened {
  const scripted = scriptedUploads()
  const client = createUploads({ transport: scripted.transport, random: () => 0, ...options })()
  const store = createStore<TurnInput | null>(() => null)
  const draft = { store, set: (input: TurnInput) => store.setState(input, true) }
  return { ...scripted, client, draft, uploads: client.forThread('current', draft) }
}

const text = (name: string, size = 3): File =>
  new File(['x'.repeat(size)], name, { type: 'text/plain' })
const statuses = ({ store }: ThreadUploads): readonly string[] =>
  store.getState().map(({ status }) => status)
const { setTimeout: realTimeout } = globalThis
const turn = (): Promise<unknown> => new Promise((resolve) => realTimeout(resolve, 0))
/** Lets all that waits for no timer happen: blobs are read outside of the event loop. */
async function settle(): Promise<void> {
  for (let turns = 0; turns < 4; turns += 1) await turn()
}

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }))
afterEach(() => void vi.useRealTimers())

describe('createUploads', () => {
  it('asks for a place, puts the bytes, tells how far it is, and lets the file go with the turn', async () => {
    const { uploads, draft, puts, requests } = open()
    draft.set({ query: 'Compare' })

    uploads.add([text('a.txt', 10)])
    await settle()
    const [upload] = uploads.store.getState()
    expect(upload).toMatchObject({ status: 'uploading', name: 'a.txt', kind: 'document', size: 10 })
    expect(draft.store.getState()).toEqual({ query: 'Compare' })
    puts[0]?.progress(4)
    expect(upload?.progress.getState()).toBe(4)
    puts[0]?.end()
    await settle()

    const file = { name: 'a.txt', mediaType: 'text/plain', size: 10 }
    expect(requests).toEqual([file])
    expect(statuses(uploads)).toEqual(['ready'])
    expect(upload?.progress.getState()).toBe(10)
    expect(draft.store.getState()).toEqual({
      query: 'Compare',
      documents: [{ ...file, ref: 'ref-1' }],
    })
  })

  it('changes its list with no progress, and one file with no other', async () => {
    const { uploads, puts } = open()
    uploads.add([text('a.txt'), text('b.txt')])
    await settle()
    const [, before] = uploads.store.getState()
    const listener = vi.fn<() => void>()
    uploads.store.subscribe(listener)

    for (const sent of [1, 2, 3]) puts[0]?.progress(sent)
    expect(listener).not.toHaveBeenCalled()
    puts[0]?.end()
    await settle()
    expect(uploads.store.getState()[1]).toBe(before)
  })

  it('sorts files by what they are', async () => {
    const { uploads, puts, draft } = open()
    const image = new File([Uint8Array.of(0xff, 0xd8, 0xff)], 'a.jpg', { type: 'image/jpeg' })
    uploads.add([image, new File(['OggS'], 'b.ogg', { type: 'audio/ogg' }), text('c.md')])
    await settle()
    for (const put of puts) put.end()
    await settle()

    expect(draft.store.getState()).toMatchObject({
      images: [{ name: 'a.jpg' }],
      audios: [{ name: 'b.ogg' }],
      documents: [{ name: 'c.md' }],
    })
  })

  it('lets files go with the turn in the order in which they were added, whichever is ready first', async () => {
    const { uploads, puts, draft } = open()
    const stored = { name: 's.txt', mediaType: 'text/plain', size: 1, ref: 's' }
    draft.set({ query: '', documents: [stored] })
    uploads.add([text('a.txt'), text('b.txt'), text('c.txt')])
    await settle()
    for (const place of [2, 0, 1]) {
      puts[place]?.end()
      await settle()
    }

    expect(namesIn(draft)).toEqual(['s.txt', 'a.txt', 'b.txt', 'c.txt'])
  })

  it('uploads no more at once than it may, over all threads, in order', async () => {
    const { client, uploads, puts, draft } = open({ concurrency: 2 })
    const other = client.forThread('other', draft)
    uploads.add([text('a.txt'), text('b.txt')])
    other.add([text('c.txt')])
    uploads.add([text('d.txt')])
    await settle()

    expect(puts.map(({ file }) => file.name)).toEqual(['a.txt', 'b.txt'])
    expect(statuses(other)).toEqual(['queued'])
    puts[1]?.end()
    await settle()
    expect(puts.map(({ file }) => file.name)).toEqual(['a.txt', 'b.txt', 'c.txt'])
    expect(statuses(uploads)).toEqual(['uploading', 'ready', 'queued'])
  })

  it.each([0, 1.5, Number.NaN])('refuses %d at once', (concurrency) => {
    expect(() => open({ concurrency })).toThrow(RangeError)
  })
})

describe('createUploads, what may be uploaded', () => {
  it.each<[string, File, string]>([
    ['a file of no byte', new File([], 'a.txt', { type: 'text/plain' }), 'empty-file'],
    ['one that is too large', text('a.txt', 21), 'large-file'],
    ['one of another type', new File(['x'], 'a.exe'), 'type'],
    ['one that was renamed', new File(['MZ'], 'a.pdf', { type: 'application/pdf' }), 'mismatch'],
  ])('shows %s as failed, and asks nobody (F78)', async (_, file, code) => {
    const { uploads, requests, draft } = open({ limits: { fileBytes: 20 } })

    expect(uploads.add([file])).toBe(0)
    await settle()

    expect(uploads.store.getState()).toMatchObject([
      { status: 'failed', error: { code }, canRetry: false },
    ])
    expect(requests).toEqual([])
    expect(draft.store.getState()).toBeNull()
  })

  it('looks at a file at once, and not when its turn comes', async () => {
    const { uploads } = open({ concurrency: 1 })

    uploads.add([text('a.txt'), new File(['MZ'], 'b.pdf', { type: 'application/pdf' })])
    await settle()

    expect(statuses(uploads)).toEqual(['uploading', 'failed'])
  })

  it('counts what all files have together, those of the draft included', async () => {
    const { uploads, draft } = open({ limits: { totalBytes: 20 } })
    const stored = { name: 's.txt', mediaType: 'text/plain', size: 10, ref: 's' }
    draft.set({ query: '', documents: [stored, 'https://x.example/a.pdf'] })

    uploads.add([text('a.txt', 8), text('b.txt', 3)])
    await settle()

    expect(uploads.store.getState()).toMatchObject([
      { status: 'uploading' },
      { status: 'failed', error: { code: 'total', limit: 20 }, canRetry: true },
    ])
    uploads.remove(uploads.store.getState()[0]?.id ?? '')
    uploads.retry(uploads.store.getState()[0]?.id ?? '')
    await settle()
    expect(statuses(uploads)).toEqual(['uploading'])
  })

  it('leaves files out that are too many, and says how many', async () => {
    const { uploads } = open({ limits: { files: 3 } })
    const many = Array.from({ length: 500 }, (_, index) => text(`${index}.txt`))

    expect(uploads.add(many)).toBe(497)
    expect(uploads.store.getState()).toHaveLength(3)
  })

  it('counts a file that is tried again like any other', async () => {
    const { uploads, puts, requests } = open({ limits: { files: 2 } })
    uploads.add([text('a.txt')])
    await settle()
    puts[0]?.fail(new PutFault(413, false))
    await settle()
    expect(uploads.add([text('b.txt'), text('c.txt')])).toBe(0)
    await settle()
    const [failed, next] = uploads.store.getState()
    uploads.retry(failed?.id ?? '')
    await settle()

    expect(requests.map(({ name }) => name)).toEqual(['a.txt', 'b.txt', 'c.txt'])
    expect(statuses(uploads)).toEqual(['failed', 'uploading', 'uploading'])
    uploads.remove(next?.id ?? '')
    uploads.retry(failed?.id ?? '')
    await settle()
    expect(statuses(uploads)).toEqual(['uploading', 'uploading'])
  })

  it('has room for a file that may go, however many have failed', () => {
    const { uploads } = open({ limits: { files: 1 } })
    const wrong = (name: string): File => new File(['x'], name)

    expect(uploads.add([wrong('a.exe')])).toBe(0)
    expect(uploads.add([wrong('b.exe')])).toBe(0)
    expect(uploads.add([wrong('c.exe')])).toBe(1)
    expect(uploads.add([text('d.txt')])).toBe(0)
    expect(statuses(uploads)).toContain('queued')
  })

  it('takes a limit that is undefined for one that is not set', () => {
    const limits = { fileBytes: undefined, mediaTypes: undefined, files: undefined }
    const { uploads } = open({ limits: limits as object })

    expect(uploads.add(Array.from({ length: 12 }, (_, index) => text(`${index}.txt`)))).toBe(2)
    expect(uploads.limits).toEqual(defaultUploadLimits)
  })

  it('shows no more files that failed than twice as many as may go', () => {
    const { uploads } = open({ limits: { files: 3 } })
    const wrong = Array.from({ length: 500 }, (_, index) => new File(['x'], `${index}.exe`))

    expect(uploads.add(wrong)).toBe(494)
  })
})

describe('createUploads, what goes wrong', () => {
  it('asks for another place once when one has expired, and fails after that (F77)', async () => {
    const { uploads, puts, requests, draft } = open()
    draft.set({ query: 'Compare' })
    uploads.add([text('a.txt'), text('b.txt')])
    await settle()
    puts[0]?.fail(new PutFault(403, true))
    await settle()
    expect(requests).toHaveLength(3)
    expect(puts[2]?.place.ref).toBe('ref-3')
    puts[2]?.fail(new PutFault(403, true))
    puts[1]?.end()
    await settle()

    expect(requests).toHaveLength(3)
    expect(uploads.store.getState()).toMatchObject([
      { status: 'failed', error: { code: 'storage', status: 403 }, canRetry: true },
      { status: 'ready' },
    ])
    expect(draft.store.getState()).toMatchObject({
      query: 'Compare',
      documents: [{ name: 'b.txt' }],
    })
  })

  it('goes on with the new place when the first had expired (F77)', async () => {
    const { uploads, puts, draft } = open()
    uploads.add([text('a.txt')])
    await settle()
    puts[0]?.fail(new PutFault(403, true))
    await settle()
    puts[1]?.end()
    await settle()

    expect(draft.store.getState()).toMatchObject({ documents: [{ ref: 'ref-2' }] })
  })

  it('puts the bytes again behind a lost connection, to the same place', async () => {
    const { uploads, puts, requests } = open()
    uploads.add([text('a.txt')])
    await settle()
    puts[0]?.progress(2)
    puts[0]?.fail(new FluoFault({ code: 'network' }))
    await settle()
    puts[1]?.fail(new FluoFault({ code: 'network' }))
    await vi.advanceTimersByTimeAsync(500)
    await settle()
    expect(uploads.store.getState()[0]?.progress.getState()).toBe(0)
    puts[2]?.end()
    await settle()

    expect(requests).toHaveLength(1)
    expect(statuses(uploads)).toEqual(['ready'])
  })

  it('takes a loss after minutes for another one', async () => {
    const { uploads, puts, refuse } = open()
    refuse(new FluoFault({ code: 'network' }))
    uploads.add([text('a.txt')])
    await settle()
    await vi.advanceTimersByTimeAsync(120_000) // a large file, on its way all the time
    puts[0]?.progress(2)
    puts[0]?.fail(new FluoFault({ code: 'network' }))
    await settle()
    await vi.advanceTimersByTimeAsync(5_000)
    await settle()

    expect(statuses(uploads)).toEqual(['uploading'])
    expect(puts).toHaveLength(2)
  })

  it('gives a lost connection up after a minute, and one file can be tried again', async () => {
    const { uploads, puts } = open()
    uploads.add([text('a.txt')])
    await settle()
    for (let tries = 0; tries < 100 && statuses(uploads)[0] !== 'failed'; tries += 1) {
      puts.at(-1)?.fail(new FluoFault({ code: 'network' }))
      await settle()
      await vi.advanceTimersByTimeAsync(5_000)
      await settle()
    }
    const [failed] = uploads.store.getState()
    expect(failed).toMatchObject({ status: 'failed', error: { code: 'network' }, canRetry: true })

    uploads.retry(failed?.id ?? '')
    await settle()
    expect(uploads.store.getState()[0]).toMatchObject({ id: failed?.id, status: 'uploading' })
    puts.at(-1)?.end()
    await settle()
    expect(statuses(uploads)).toEqual(['ready'])
  })

  it.each(['unauthorized', 'forbidden', 'rate-limited', 'upstream', 'invalid'] as const)(
    'fails at once when the server says %s, without a word of what it said',
    async (code) => {
      const { uploads, refuse } = open()
      refuse(new FluoFault({ code, status: 418, detail: 'secret.pdf is wrong' }))
      uploads.add([text('a.txt')])
      await settle()

      expect(uploads.store.getState()[0]?.error).toEqual({ code, status: 418 })
    },
  )

  it('calls a file that changed while it was sent unreadable (F78)', async () => {
    const { uploads, puts } = open()
    const file = text('a.txt')
    uploads.add([file])
    await settle()
    file.slice = () => ({ arrayBuffer: () => Promise.reject(new Error('gone')) }) as unknown as Blob
    puts[0]?.fail(new FluoFault({ code: 'network' }))
    await settle()

    expect(uploads.store.getState()).toMatchObject([
      { status: 'failed', error: { code: 'unreadable' }, canRetry: false },
    ])
  })
})

describe('createUploads, what is taken out', () => {
  it('stops sending a file that is removed, and the next one begins (F76)', async () => {
    const { uploads, puts, draft } = open({ concurrency: 1 })
    uploads.add([text('a.txt'), text('b.txt')])
    await settle()
    const [first] = uploads.store.getState()
    uploads.remove(first?.id ?? '')
    await settle()

    expect(puts[0]?.signal.aborted).toBe(true)
    expect(puts[1]?.file.name).toBe('b.txt')
    puts[0]?.end() // too late
    puts[1]?.end()
    await settle()
    expect(draft.store.getState()).toMatchObject({ documents: [{ name: 'b.txt' }] })
    expect(uploads.store.getState()).toHaveLength(1)
  })

  it('takes one that is ready out of the draft, and leaves what else is written', async () => {
    const { uploads, puts, draft } = open()
    uploads.add([text('a.txt'), text('b.txt')])
    await settle()
    for (const put of puts) put.end()
    await settle()
    draft.set({ ...draft.store.getState(), query: 'Compare' })
    uploads.remove(uploads.store.getState()[0]?.id ?? '')

    expect(draft.store.getState()).toMatchObject({
      query: 'Compare',
      documents: [{ name: 'b.txt' }],
    })
  })

  it('forgets what was sent, and keeps what failed', async () => {
    const { uploads, puts, draft } = open()
    uploads.add([text('a.txt'), new File([], 'b.txt')])
    await settle()
    puts[0]?.end()
    await settle()
    draft.set({ query: '' })

    expect(uploads.store.getState()).toMatchObject([{ name: 'b.txt', status: 'failed' }])
    expect(uploads.blobOf('ref-1')?.size).toBe(3)
  })

  it('leaves everything when its thread is disposed of, and takes no more (F76)', async () => {
    const { uploads, puts, draft } = open()
    uploads.add([text('a.txt')])
    await settle()
    uploads.dispose()
    puts[0]?.end()
    await settle()

    expect(puts[0]?.signal.aborted).toBe(true)
    expect(uploads.store.getState()).toEqual([])
    expect(uploads.add([text('b.txt')])).toBe(0)
    expect(uploads.store.getState()).toEqual([])
    expect(draft.store.getState()).toBeNull()
  })
})

describe('createUploads, who hears of it', () => {
  it('tells of each upload that begins, and how it ended, by IDs only', async () => {
    const { client, uploads, puts } = open()
    const ends: string[] = []
    const unsubscribe = client.subscribe(({ threadKey, ended }) => {
      void ended.then(
        () => ends.push(`${threadKey} ready`),
        (thrown: Error) => ends.push(`${threadKey} ${thrown.message}`),
      )
    })
    uploads.add([text('a.txt'), text('b.txt')])
    await settle()
    puts[0]?.end()
    puts[1]?.fail(new PutFault(413, false))
    await settle()
    uploads.retry(uploads.store.getState()[1]?.id ?? '')
    await settle()
    unsubscribe()
    puts[2]?.end()
    await settle()

    expect(ends).toEqual([
      'current ready',
      'current An upload failed: storage (HTTP 413)',
      'current ready',
    ])
  })

  it('takes an upload that was taken out for no failure', async () => {
    const { client, uploads } = open()
    const ends: string[] = []
    client.subscribe(({ ended }) => {
      void ended.then(
        () => ends.push('ended'),
        (thrown: Error) => ends.push(thrown.message),
      )
    })
    uploads.add([text('a.txt'), text('b.txt')])
    await settle()
    uploads.remove(uploads.store.getState()[0]?.id ?? '')
    uploads.dispose()
    await settle()

    expect(ends).toEqual(['ended', 'ended'])
  })

  it('resolves `settled` when nothing is on its way, or the signal aborts', async () => {
    const { uploads, puts } = open()
    const heard: string[] = []
    const leaving = new AbortController()
    await uploads.settled()
    uploads.add([text('a.txt')])
    void uploads.settled().then(() => heard.push('settled'))
    void uploads.settled(leaving.signal).then(() => heard.push('left'))
    await settle()
    expect(heard).toEqual([])
    leaving.abort()
    await settle()
    expect(heard).toEqual(['left'])
    puts[0]?.fail(new PutFault(400, false))
    await settle()
    expect(heard).toEqual(['left', 'settled'])
  })

  it('names a ref by a key that says nothing of it, the same each time', () => {
    const { client } = open()
    const other = open().client

    expect(client.keyOf('secret-ref')).toBe(client.keyOf('secret-ref'))
    expect(client.keyOf('secret-ref')).not.toBe(client.keyOf('another'))
    expect(client.keyOf('secret-ref')).not.toBe(other.keyOf('secret-ref'))
    expect(client.keyOf('secret-ref')).not.toContain('secret')
  })

  it('says until when a view URL is good', async () => {
    const { client } = open()
    const before = Date.now()
    const view = await client.view('ref-1', new AbortController().signal)

    expect(view.reveal()).toBe('https://store.example/ref-1?X-Amz-Expires=60')
    expect(view.expiresAt).toBeGreaterThanOrEqual(before + 60_000)
  })
})

describe('createUploads, whatever comes in whatever order', () => {
  it('has every file once: in the draft when it is ready, nowhere when it was removed (F76)', async () => {
    vi.useRealTimers()
    const step = fc.record({
      act: fc.constantFrom('add', 'end', 'expire', 'refuse', 'remove', 'retry', 'send'),
      which: fc.nat(5),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const { uploads, puts, draft } = open({ concurrency: 2, limits: { files: 4 } })
        const sent: string[] = []
        for (const [index, { act, which }] of steps.entries()) {
          const upload = uploads.store.getState()[which]
          const put = puts.filter(({ isOpen }) => isOpen())[which % 2]
          if (act === 'add') uploads.add([text(`${index}.txt`)])
          if (act === 'end') put?.end()
          if (act === 'expire') put?.fail(new PutFault(403, true))
          if (act === 'refuse') put?.fail(new PutFault(413, false))
          if (act === 'remove' && upload) uploads.remove(upload.id)
          if (act === 'retry' && upload) uploads.retry(upload.id)
          if (act === 'send') {
            sent.push(...namesIn(draft))
            draft.set({ query: '' })
          }
          await settle()

          const shown = uploads.store.getState()
          const ready = shown.filter(({ status }) => status === 'ready').map(({ name }) => name)
          expect(namesIn(draft).toSorted()).toEqual(ready.toSorted())
          expect(shown.filter(({ status }) => status !== 'failed').length).toBeLessThanOrEqual(4)
          expect(shown.filter(({ status }) => status === 'uploading').length).toBeLessThanOrEqual(2)
          const all = [...sent, ...shown.map(({ name }) => name)]
          expect(new Set(all).size).toBe(all.length)
        }
      }),
      { numRuns: 60 },
    )
  })
})

function namesIn(draft: DraftOfFiles): readonly string[] {
  return (draft.store.getState()?.documents ?? []).map((file) =>
    typeof file === 'string' ? file : file.name,
  )
}
