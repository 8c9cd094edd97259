import type { Turn } from '../thread/thread-state.ts'
import type { FluoEvent } from '../wire/fluo-event.ts'
import {
  dropExpired,
  dropJournals,
  dropOldest,
  dropRecord,
  dropTurns,
  newestOrder,
} from './transcript-bounds.ts'
import {
  rowsOf,
  transcriptDatabase,
  type RecordRow,
  type TranscriptDatabase,
  type WriteTransaction,
} from './transcript-database.ts'
import { isNext } from './is-next.ts'
import { mergeTurn } from './merge-turn.ts'
import type { RunJournal, TranscriptStore } from './transcript-store.ts'

export interface IndexedDbTranscriptsOptions {
  /** The database's name. @default 'fluo-transcripts' */
  readonly name?: string
  /** The longest text of one thread, in UTF-16 units of JSON; its oldest turns go first. @default 5_000_000 */
  readonly maxThreadSize?: number
  /** The longest text of all threads of all users; those that changed longest ago go first. @default 50_000_000 */
  readonly maxSize?: number
  /** How long a thread is kept after its last change, in milliseconds; judged when it is loaded. @default 30 days */
  readonly lifetime?: number
}

const day = 86_400_000

/**
 * Transcripts in IndexedDB: every tab of the origin sees them, and they survive the browser. Nothing is opened
 * before the first call. Its promises reject where the database fails, which a client takes in silence.
 */
export function indexedDbTranscripts(options: IndexedDbTranscriptsOptions = {}): TranscriptStore {
  const { maxThreadSize = 5_000_000, maxSize = 50_000_000, lifetime = 30 * day } = options
  const { transact }: TranscriptDatabase = transcriptDatabase(options.name ?? 'fluo-transcripts')

  /** A change of one record. Where the browser has no room for it, old records make some, once. */
  async function change(
    recordId: string,
    work: (transaction: WriteTransaction, row: RecordRow) => Promise<RecordRow>,
  ): Promise<void> {
    const write = async (transaction: WriteTransaction): Promise<void> => {
      const records = transaction.objectStore('records')
      const row = (await records.get(recordId)) ?? { size: 0, order: -1, next: 0, changedAt: 0 }
      const order = 1 + (await newestOrder(transaction))
      const changed = await work(transaction, { ...row, order, changedAt: Date.now() })
      await records.put(changed, recordId)
      await dropOldest(transaction, recordId, maxSize)
    }
    try {
      await transact(write)
    } catch (thrown) {
      if (!isFull(thrown)) throw thrown
      await transact((transaction) => dropOldest(transaction, recordId, 0))
      await transact(write)
    }
  }

  return {
    load: (recordId) =>
      transact(async (transaction) => {
        await dropExpired(transaction, lifetime)
        const journal = transaction.objectStore('journal')
        const [turns, keys, events] = await Promise.all([
          transaction.objectStore('turns').getAll(rowsOf(recordId)),
          journal.getAllKeys(rowsOf(recordId)),
          journal.getAll(rowsOf(recordId)),
        ])
        const read = turns.toSorted((one, other) => one.order - other.order)
        return {
          turns: read.flatMap(({ json }) => parse<Turn>(json)),
          journals: joinJournals(keys, events),
        }
      }),
    put: (recordId, turn) =>
      change(recordId, async (transaction, row) => {
        const turns = transaction.objectStore('turns')
        const known = await turns.get([recordId, turn.id])
        const [before] = known === undefined ? [] : parse<Turn>(known.json)
        const merged = Array.isArray(before?.runs) ? mergeTurn(before, turn) : turn
        const json = textWithin(merged, maxThreadSize)
        const freed = await dropJournals(transaction, recordId, turn)
        await turns.put({ order: known?.order ?? row.next, json }, [recordId, turn.id])
        const size = row.size - freed - (known?.json.length ?? 0) + json.length
        const isOver = size > maxThreadSize
        const dropped = isOver
          ? await dropTurns(transaction, recordId, turn, size - maxThreadSize)
          : 0
        return { ...row, size: size - dropped, next: row.next + (known === undefined ? 1 : 0) }
      }),
    append: (recordId, runId, events, cursor, after) =>
      change(recordId, async (transaction, row) => {
        const json = JSON.stringify({ events, cursor, after })
        if (row.size + json.length > 2 * maxThreadSize) return row // the turn makes room when its run ends
        await transaction.objectStore('journal').put(json, [recordId, runId, row.next])
        return { ...row, size: row.size + json.length, next: row.next + 1 }
      }),
    remove: (recordId) => transact((transaction) => dropRecord(transaction, recordId)),
    clear: (prefix) =>
      transact(async (transaction) => {
        const after = `${prefix}\uffff`
        await Promise.all([
          transaction.objectStore('records').delete(IDBKeyRange.bound(prefix, after)),
          transaction.objectStore('turns').delete(IDBKeyRange.bound([prefix], [after])),
          transaction.objectStore('journal').delete(IDBKeyRange.bound([prefix], [after])),
        ])
      }),
  }
}

/** The turn as JSON. One that is longer than a thread may be is kept as a question whose answer is not whole. */
function textWithin(turn: Turn, maxSize: number): string {
  const json = JSON.stringify(turn)
  if (json.length <= maxSize) return json
  const runs = turn.runs.map((run) => ({ ...run, messages: [], end: 'interrupted' }))
  return JSON.stringify({ ...turn, runs })
}

function joinJournals(
  keys: readonly (readonly [string, string, number])[],
  texts: readonly string[],
): readonly RunJournal[] {
  const runs = new Map<string, { events: FluoEvent[]; cursor: string | null | undefined }>()
  for (const [index, [, runId]] of keys.entries()) {
    const row = rowOf(texts[index] ?? '')
    const run = runs.get(runId)
    if (run === undefined) {
      runs.set(runId, {
        events: [...(row?.events ?? [])],
        cursor: row === null ? null : row.cursor,
      })
    } else if (row !== null && isNext(run.cursor, row.after)) {
      for (const event of row.events) run.events.push(event)
      run.cursor = row.cursor
    }
  }
  return Array.from(runs, ([runId, { events, cursor }]) => ({
    runId,
    events,
    ...(typeof cursor === 'string' && { cursor }),
  }))
}

function rowOf(json: string): JournalRow | null {
  const [value] = parse<Partial<JournalRow> | readonly FluoEvent[] | null>(json)
  if (Array.isArray(value)) return { events: value } // written before there were cursors
  const row = (value ?? {}) as Partial<JournalRow>
  return Array.isArray(row.events) ? (row as JournalRow) : null
}

/** What one append has left, as JSON. */
interface JournalRow {
  readonly events: readonly FluoEvent[]
  readonly cursor?: string
  readonly after?: string | null
}

/** What JSON stands for, in a list; an empty one where it is broken. Whether it makes sense is for the thread to say. */
function parse<T>(json: string): readonly T[] {
  try {
    return [JSON.parse(json) as T]
  } catch {
    return []
  }
}

function isFull(thrown: unknown): boolean {
  return (thrown as { readonly name?: unknown } | null)?.name === 'QuotaExceededError'
}
