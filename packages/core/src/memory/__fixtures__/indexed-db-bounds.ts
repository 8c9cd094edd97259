import { deleteDB, openDB } from 'idb'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { indexedDbTranscripts, type IndexedDbTranscriptsOptions } from '../indexed-db.ts'
import type { TranscriptStore } from '../transcript-store.ts'
import { transcriptContract, turnNamed } from './transcript-contract.ts'

let databases: string[] = []

/** A store in a database of its own, which the next test does not see. */
function open(options: IndexedDbTranscriptsOptions = {}): TranscriptStore & { readonly name: string } {
  const name = options.name ?? `test-${Math.random()}`
  databases.push(name)
  return { ...indexedDbTranscripts({ ...options, name }), name }
}

async function idsIn(store: TranscriptStore, recordId: string): Promise<readonly string[]> {
  return (await store.load(recordId)).turns.map(({ id }) => id)
}

const size = JSON.stringify(turnNamed('1')).length
const day = 86_400_000

/** What holds of the adapter in every IndexedDB, the browser's own and the one of the tests in Node. */
export function indexedDbSuite(): void {
  afterEach(async () => {
    vi.restoreAllMocks()
    for (const name of databases) await deleteDB(name)
    databases = []
  })

  transcriptContract(open)

  describe('within its bounds', () => {
    it('drops the oldest turns of a thread that grows too long', async () => {
      const store = open({ maxThreadSize: 3 * size })

      for (const id of ['1', '2', '3', '4', '5']) await store.put('record', turnNamed(id))

      expect(await idsIn(store, 'record')).toEqual(['3', '4', '5'])
    })

    it('drops by order of asking, also when an old turn is put again', async () => {
      const store = open({ maxThreadSize: 3 * size })
      for (const id of ['1', '2', '3']) await store.put('record', turnNamed(id))
      await store.put('record', turnNamed('1'))

      await store.put('record', turnNamed('4'))

      expect(await idsIn(store, 'record')).toEqual(['2', '3', '4'])
    })

    it('keeps the question of a turn that is too long by itself, and does not call its answer whole', async () => {
      const store = open({ maxThreadSize: 1000 })

      await store.put('record', turnNamed('1', 'long '.repeat(1000)))

      const [turn] = (await store.load('record')).turns
      expect(turn).toMatchObject({
        input: { query: 'Question 1' },
        runs: [{ messages: [], end: 'interrupted' }],
      })
    })

    it('lets no journal grow without end', async () => {
      const store = open({ maxThreadSize: 1000 })

      for (let append = 0; append < 50; append += 1) {
        await store.append('record', 'run', [{ type: 'message_delta', text: 'word '.repeat(20) }])
      }

      const { journals } = await store.load('record')
      expect(JSON.stringify(journals).length).toBeLessThan(2200)
      expect(journals[0]?.events.length).toBeGreaterThan(10)
    })

    it('keeps of a journal that is too long its beginning without a gap, with the cursor of that', async () => {
      const store = open({ maxThreadSize: 1000 })
      const long = { type: 'message_delta', text: 'word '.repeat(100) } as const
      for (let append = 0; append < 10; append += 1) {
        await store.append('record', '1-run', [long], String(append), append === 0 ? null : String(append - 1))
      }

      await store.append('record', '1-run', [{ type: 'message_delta', text: 'x' }], 'behind the gap', '9')

      const [journal] = (await store.load('record')).journals
      expect(journal?.events.every((event) => 'text' in event && event.text === long.text)).toBe(true)
      expect(journal?.cursor).toBe(String((journal?.events.length ?? 0) - 1))
      await store.put('record', turnNamed('2'))
      await store.append('record', '1-run', [{ type: 'message_delta', text: 'x' }], 'still behind it', 'behind the gap')
      expect((await store.load('record')).journals).toEqual([journal])
      await store.put('record', turnNamed('1'))
      await store.append('record', '1-run', [{ type: 'message_delta', text: 'x' }], 'anew', 'still behind it')
      expect((await store.load('record')).journals).toEqual([
        { runId: '1-run', events: [{ type: 'message_delta', text: 'x' }], cursor: 'anew' },
      ])
    })

    it('makes room by dropping the threads that changed longest ago, whatever the clock says (F66)', async () => {
      const store = open({ maxSize: 3 * size })
      const times = [9000, 5000, 7000, 1000]
      const clock = vi.spyOn(Date, 'now')
      for (const [index, time] of times.entries()) {
        clock.mockReturnValue(time)
        await store.put(`record-${index}`, turnNamed('1'))
      }

      const left = await Promise.all(times.map((_, index) => idsIn(store, `record-${index}`)))

      expect(left).toEqual([[], ['1'], ['1'], ['1']])
    })

    it('drops a thread after its lifetime, and not a day before', async () => {
      const store = open()
      const start = Date.now()
      await store.put('record', turnNamed('1'))

      vi.spyOn(Date, 'now').mockReturnValue(start + 29 * day)
      expect(await idsIn(store, 'record')).toEqual(['1'])
      vi.spyOn(Date, 'now').mockReturnValue(start + 31 * day)
      expect(await idsIn(store, 'record')).toEqual([])
      vi.spyOn(Date, 'now').mockReturnValue(start)
      expect(await idsIn(store, 'record')).toEqual([])
    })

    it('drops expired threads that nobody asks for', async () => {
      const store = open()
      const start = Date.now()
      await store.put('forgotten', turnNamed('1'))

      vi.spyOn(Date, 'now').mockReturnValue(start + 31 * day)
      await store.load('other')

      vi.spyOn(Date, 'now').mockReturnValue(start)
      expect(await idsIn(store, 'forgotten')).toEqual([])
    })

    it('counts the lifetime of what a clock ahead has written from when that is seen (F66)', async () => {
      const store = open()
      const start = Date.now()
      const clock = vi.spyOn(Date, 'now').mockReturnValue(start + 400 * day)
      await store.put('record', turnNamed('1'))

      clock.mockReturnValue(start)
      expect(await idsIn(store, 'record')).toEqual(['1'])
      clock.mockReturnValue(start + 31 * day)
      expect(await idsIn(store, 'record')).toEqual([])
    })
  })

  describe('beside other databases', () => {
    it('is seen by another store of the same name, as by another tab', async () => {
      const store = open()
      await store.put('record', turnNamed('1'))

      expect(await idsIn(open({ name: store.name }), 'record')).toEqual(['1'])
    })

    it('leaves a database alone that a later version wrote, and rejects (F61)', async () => {
      const store = open()
      const later = await openDB(store.name, 99, {
        upgrade: (created) => void created.createObjectStore('of-later').put('kept', 'key'),
      })
      later.close()

      await expect(store.load('record')).rejects.toMatchObject({ name: 'VersionError' })
      await expect(store.put('record', turnNamed('1'))).rejects.toMatchObject({ name: 'VersionError' })

      const again = await openDB(store.name, 99)
      expect(await again.get('of-later', 'key')).toBe('kept')
      again.close()
    })

    it('brings back what can be read where a row is broken (F61)', async () => {
      const store = open()
      for (const id of ['1', '2']) await store.put('record', turnNamed(id))
      const database = await openDB(store.name)
      await database.put('turns', { order: 0, json: '{"id": "1", "inp' }, ['record', '1'])
      await database.put('journal', 'no json', ['record', 'run', 7])
      await database.put('journal', '[{"type":"message_final"}]', ['record', 'old', 8]) // of a kit without cursors
      await database.put('journal', '{"events":[],"cursor":"9","after":"8"}', ['record', 'run', 9])
      database.close()

      const { turns, journals } = await store.load('record')

      expect(turns.map(({ id }) => id)).toEqual(['2'])
      expect(journals).toEqual([
        { runId: 'old', events: [{ type: 'message_final' }] },
        { runId: 'run', events: [] },
      ])
    })

    it('makes way for a tab that deletes the database, and makes a new one afterwards', async () => {
      const store = open()
      await store.put('record', turnNamed('1'))

      await deleteDB(store.name)

      expect(await idsIn(store, 'record')).toEqual([])
      await store.put('record', turnNamed('2'))
      expect(await idsIn(store, 'record')).toEqual(['2'])
    })
  })
}
