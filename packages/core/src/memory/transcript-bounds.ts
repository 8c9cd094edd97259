import type { Turn } from '../thread/thread-state.ts'
import { runsWithMessages } from './merge-turn.ts'
import { rowsOf, type WriteTransaction } from './transcript-database.ts'

/** Drops the journals of the runs whose messages are in a turn, and tells how much text that was. */
export async function dropJournals(
  transaction: WriteTransaction,
  recordId: string,
  turn: Turn,
): Promise<number> {
  const journal = transaction.objectStore('journal')
  let freed = 0
  for (const id of runsWithMessages(turn)) {
    const rows = await journal.getAll(rowsOf(recordId, id))
    for (const { length } of rows) freed += length
    if (rows.length > 0) await journal.delete(rowsOf(recordId, id))
  }
  return freed
}

/** The order of the record that changed last. */
export async function newestOrder(transaction: WriteTransaction): Promise<number> {
  const rows = await transaction.objectStore('records').getAll()
  return rows.reduce((newest, { order }) => Math.max(newest, order), -1)
}

/** Drops records, those that changed longest ago first, until all is within `maxSize`; never the one that is kept. */
export async function dropOldest(
  transaction: WriteTransaction,
  kept: string,
  maxSize: number,
): Promise<void> {
  const records = transaction.objectStore('records')
  const [keys, rows] = await Promise.all([records.getAllKeys(), records.getAll()])
  let total = rows.reduce((sum, { size }) => sum + size, 0)
  if (total <= maxSize) return
  const byAge = keys.map((key, index) => ({ key, size: 0, order: 0, ...rows[index] }))
  for (const { key, size } of byAge.toSorted((one, other) => one.order - other.order)) {
    if (total <= maxSize) return
    if (key === kept) continue
    await dropRecord(transaction, key)
    total -= size
  }
}

/** Drops what did not change for so long. A row of the future was written by a wrong clock, and is no older for it. */
export async function dropExpired(transaction: WriteTransaction, lifetime: number): Promise<void> {
  const records = transaction.objectStore('records')
  const [keys, rows] = await Promise.all([records.getAllKeys(), records.getAll()])
  const now = Date.now()
  for (const [index, key] of keys.entries()) {
    const row = rows[index]
    if (row === undefined) continue
    if (row.changedAt > now) await records.put({ ...row, changedAt: now }, key)
    else if (now - row.changedAt > lifetime) await dropRecord(transaction, key)
  }
}

/** Drops a record with all that belongs to it. */
export async function dropRecord(transaction: WriteTransaction, recordId: string): Promise<void> {
  await Promise.all([
    transaction.objectStore('records').delete(recordId),
    transaction.objectStore('turns').delete(rowsOf(recordId)),
    transaction.objectStore('journal').delete(rowsOf(recordId)),
  ])
}

/** Drops the oldest turns of a record, but for one, until `excess` is gone or all are, and tells how much that was. */
export async function dropTurns(
  transaction: WriteTransaction,
  recordId: string,
  kept: Turn,
  excess: number,
): Promise<number> {
  const turns = transaction.objectStore('turns')
  const [keys, rows] = await Promise.all([
    turns.getAllKeys(rowsOf(recordId)),
    turns.getAll(rowsOf(recordId)),
  ])
  const byAge = keys.map((key, index) => ({ key, json: '', order: 0, ...rows[index] }))
  let dropped = 0
  for (const { key, json } of byAge.toSorted((one, other) => one.order - other.order)) {
    if (dropped >= excess) break
    if (key[1] === kept.id) continue
    await turns.delete(key)
    dropped += json.length
  }
  return dropped
}
