import { hasBegun, type ThreadRecord } from './thread-record.ts'

/**
 * The record of a conversation under a key of its own, without the draft; null where nothing was asked in it. The key is
 * made of the conversation's ID, so that two tabs that move it at once move it to the same place, and is longer each time it is
 * moved, so that it never comes to where another one may be. A run that cannot be found again has ended.
 */
export function movedRecord(record: ThreadRecord, canResume: boolean): ThreadRecord | null {
  const { id, threadKey, open } = record
  if (!hasBegun(record)) return null
  const key = threadKey.startsWith(id) ? `${threadKey}+` : id
  const end = open?.isAccepted === true ? 'interrupted' : 'unknown'
  const isLost = open?.end === null && !canResume
  return { ...record, threadKey: key, draft: null, open: isLost ? { ...open, end } : open }
}
