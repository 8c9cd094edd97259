import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { StandInThread } from './stand-in-thread.ts'

/** Writes threads beside the file and then over it, so that a reader or a crash never meets half a file. */
export function saveThreads(file: string | undefined, threads: readonly StandInThread[]): void {
  if (file === undefined) return
  mkdirSync(dirname(file), { recursive: true })
  const draft = `${file}.${process.pid}.tmp`
  writeFileSync(draft, JSON.stringify({ version: 1, threads }), { mode: 0o600 })
  renameSync(draft, file)
}

/** The threads of a file; none when it is missing, broken or not ours. Entries that are not threads are left out. */
export function readThreads(file: string | undefined): readonly StandInThread[] {
  if (file === undefined) return []
  try {
    const state: unknown = JSON.parse(readFileSync(file, 'utf8'))
    const threads = isRecord(state) ? state['threads'] : undefined
    return Array.isArray(threads) ? threads.filter(isThread) : []
  } catch {
    return []
  }
}

function isThread(value: unknown): value is StandInThread {
  return (
    isRecord(value) &&
    typeof value['id'] === 'string' &&
    typeof value['agentId'] === 'string' &&
    Array.isArray(value['history']) &&
    value['history'].every(
      (turn: unknown) =>
        isRecord(turn) && typeof turn['query'] === 'string' && typeof turn['answer'] === 'string',
    )
  )
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
