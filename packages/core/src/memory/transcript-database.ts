import { openDB, type DBSchema, type IDBPDatabase, type IDBPTransaction } from 'idb'

/** One row a record. `size` is the length of all its text; `order` and `next` are counters, for clocks go wrong. */
export interface RecordRow {
  readonly size: number
  /** Higher than that of every record that was changed before. */
  readonly order: number
  /** The number of the next row that is added to the record. */
  readonly next: number
  readonly changedAt: number
}

/** Turns and events are kept as JSON: its length is what the bounds count, and it is read leniently. */
interface Schema extends DBSchema {
  records: { key: string; value: RecordRow }
  /** By record and turn. */
  turns: { key: [string, string]; value: { readonly order: number; readonly json: string } }
  /** By record, run and number. */
  journal: { key: [string, string, number]; value: string }
}

type StoreName = 'records' | 'turns' | 'journal'
const storeNames: StoreName[] = ['records', 'turns', 'journal']

export type WriteTransaction = IDBPTransaction<Schema, StoreName[], 'readwrite'>

export interface TranscriptDatabase {
  /** Runs the work in one transaction over all stores, and resolves when it is written. Rejects where it is not. */
  readonly transact: <T>(work: (transaction: WriteTransaction) => Promise<T>) => Promise<T>
}

/**
 * The schema's version. A later one migrates in `upgrade`, step by step from the version it finds. A database that a
 * later kit has written cannot be opened: it is left as it is.
 */
const version = 1

/** A database that is opened with the first transaction, and again after it was lost. */
export function transcriptDatabase(name: string): TranscriptDatabase {
  let opening: Promise<IDBPDatabase<Schema>> | null = null

  async function open(): Promise<IDBPDatabase<Schema>> {
    const forget = (): void => void (opening = null)
    try {
      const database = await openDB<Schema>(name, version, {
        upgrade(created, from) {
          if (from < 1) for (const store of storeNames) created.createObjectStore(store)
        },
        // Another tab wants to upgrade or to delete it: whoever holds on would block that tab for ever.
        blocking() {
          forget()
          database.close()
        },
        terminated: forget,
      })
      return database
    } catch (thrown) {
      forget()
      throw thrown
    }
  }

  return {
    async transact(work) {
      const database = await (opening ??= open())
      const transaction = database.transaction(storeNames, 'readwrite')
      const [result] = await Promise.all([work(transaction), transaction.done])
      return result
    },
  }
}

/** All keys of one record in the stores whose keys begin with it: lists sort after every text and number. */
export function rowsOf(...key: readonly string[]): IDBKeyRange {
  return IDBKeyRange.bound(key, [...key, []])
}
