import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { StoredFile } from './stand-in-storage.ts'

/** The bytes of files, by their path: in memory or, with a folder, beyond a restart. */
export interface BlobShelf {
  readonly files: readonly StoredFile[]
  find(blobPath: string): StoredFile | null
  /** The bytes of a file; null where they are not there any more. */
  read(blobPath: string): Uint8Array<ArrayBuffer> | null
  put(file: StoredFile, bytes: Uint8Array<ArrayBuffer>): void
}

/** The bytes of all files together; the oldest make room. */
const mostBytes = 512 * 1024 * 1024

/** Opens a shelf. A folder is made with the first file in it; each file is two there, its facts and its bytes. */
export function openBlobShelf(folder: string | undefined): BlobShelf {
  const files = new Map(readFacts(folder).map((file) => [file.blobPath, file]))
  const inMemory = new Map<string, Uint8Array<ArrayBuffer>>()
  const remove = (blobPath: string): void => {
    files.delete(blobPath)
    inMemory.delete(blobPath)
    if (folder === undefined) return
    for (const ending of ['json', 'bytes'])
      rmSync(nameIn(folder, blobPath, ending), { force: true })
  }
  return {
    get files() {
      return [...files.values()]
    },
    find: (blobPath) => files.get(blobPath) ?? null,
    read(blobPath) {
      if (folder === undefined) return inMemory.get(blobPath) ?? null
      try {
        return files.has(blobPath) ? readFileSync(nameIn(folder, blobPath, 'bytes')) : null
      } catch {
        return null
      }
    },
    put(file, bytes) {
      remove(file.blobPath)
      if (folder === undefined) inMemory.set(file.blobPath, bytes)
      else {
        mkdirSync(folder, { recursive: true })
        // The facts come last: a crash in between leaves bytes that nobody knows of, and no file without bytes.
        writeWhole(nameIn(folder, file.blobPath, 'bytes'), bytes)
        writeWhole(nameIn(folder, file.blobPath, 'json'), JSON.stringify(file))
      }
      files.set(file.blobPath, file)
      let total = [...files.values()].reduce((sum, { size }) => sum + size, 0)
      for (const { blobPath, size } of [...files.values()].slice(0, -1)) {
        if (total <= mostBytes) break
        remove(blobPath)
        total -= size
      }
    },
  }
}

/** A blob's path is made of what a person calls a file: no name on a disk. */
function nameIn(folder: string, blobPath: string, ending: string): string {
  const name = createHash('sha256').update(blobPath).digest('hex').slice(0, 32)
  return join(folder, `${name}.${ending}`)
}

function writeWhole(file: string, content: string | Uint8Array): void {
  writeFileSync(`${file}.tmp`, content, { mode: 0o600 })
  renameSync(`${file}.tmp`, file)
}

function readFacts(folder: string | undefined): readonly StoredFile[] {
  if (folder === undefined) return []
  try {
    const names = readdirSync(folder).filter((name) => name.endsWith('.json'))
    return names.map((name) => readFact(join(folder, name))).filter((file) => file !== null)
  } catch {
    return [] // no file was ever put
  }
}

function readFact(path: string): StoredFile | null {
  try {
    const value = JSON.parse(readFileSync(path, 'utf8')) as Readonly<Partial<StoredFile>> | null
    const { blobPath, name, mediaType, size } = value ?? {}
    if (![blobPath, name, mediaType].every((text) => typeof text === 'string')) return null
    return typeof size === 'number' ? (value as StoredFile) : null
  } catch {
    return null
  }
}
