import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { StandInFile, StandInThread, StandInTurn } from './stand-in-thread.ts'

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
    return Array.isArray(threads) ? threads.flatMap(readThread) : []
  } catch {
    return []
  }
}

function readThread(value: unknown): readonly StandInThread[] {
  if (!isRecord(value)) return []
  const { id, agentId, history } = value
  if (typeof id !== 'string' || typeof agentId !== 'string' || !Array.isArray(history)) return []
  const turns = history.flatMap(readTurn)
  return turns.length === history.length ? [{ id, agentId, history: turns }] : []
}

function readTurn(value: unknown): readonly StandInTurn[] {
  if (!isRecord(value)) return []
  const { query, answer, files } = value
  if (typeof query !== 'string' || typeof answer !== 'string') return []
  return [{ query, answer, files: Array.isArray(files) ? files.filter(isFile) : [] }]
}

function isFile(value: unknown): value is StandInFile {
  if (!isRecord(value)) return false
  const { kind, name, mediaType, blobPath } = value
  const isKind = kind === 'document' || kind === 'image' || kind === 'audio'
  const isText = [name, mediaType].every((text) => typeof text === 'string')
  return isKind && isText && (blobPath === null || typeof blobPath === 'string')
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
