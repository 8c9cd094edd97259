import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { indexedDbSuite } from './__fixtures__/indexed-db-bounds.ts'
import { stubIndexedDb } from './__fixtures__/stub-indexed-db.ts'
import { turnNamed } from './__fixtures__/transcript-contract.ts'
import { indexedDbTranscripts } from './indexed-db.ts'

describe('indexedDbTranscripts', () => {
  beforeAll(stubIndexedDb)
  afterAll(() => void vi.unstubAllGlobals())

  indexedDbSuite()

  describe('where the browser has no room', () => {
    afterEach(() => void vi.restoreAllMocks())

    /** Writes of turns fail while more than so many records are there. */
    function quotaOf(records: number): void {
      const put = Reflect.get(IDBObjectStore.prototype, 'put') as (
        ...args: readonly unknown[]
      ) => IDBRequest<IDBValidKey>
      vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (
        this: IDBObjectStore,
        ...args
      ) {
        const counting = this.transaction.objectStore('records').count()
        counting.onsuccess = () => {
          if (counting.result <= records) return
          const { transaction } = this
          Object.defineProperty(transaction, 'error', {
            value: new DOMException('full', 'QuotaExceededError'),
          })
          transaction.abort()
        }
        return put.apply(this, args)
      })
    }

    it('drops the older threads, and writes (F59)', async () => {
      const store = indexedDbTranscripts({ name: 'quota' })
      await store.put('old', turnNamed('1'))
      await store.put('older', turnNamed('1'))
      quotaOf(1)

      await store.put('new', turnNamed('2'))

      expect((await store.load('new')).turns.map(({ id }) => id)).toEqual(['2'])
      expect((await store.load('old')).turns).toEqual([])
    })

    it('rejects where that does not help, and what was there stays readable', async () => {
      const store = indexedDbTranscripts({ name: 'no-room' })
      await store.put('record', turnNamed('1'))
      quotaOf(0)

      await expect(store.put('record', turnNamed('2'))).rejects.toMatchObject({
        name: 'QuotaExceededError',
      })

      vi.restoreAllMocks()
      expect((await store.load('record')).turns.map(({ id }) => id)).toEqual(['1'])
    })
  })
})
