import type { TurnFile } from '../agent.ts'
import type { StandInFile } from '../stand-in-thread.ts'
import type { RunningStorage } from './start-storage.ts'

const lists = [
  ['document', 'documents'],
  ['image', 'images'],
  ['audio', 'audios'],
] as const

/** What the URLs in a run's body stand for. A URL of another place, or one that has expired, is a file without bytes. */
export function noteFiles(
  body: Readonly<Record<string, unknown>>,
  storage: Pick<RunningStorage, 'findByUrl'>,
): readonly StandInFile[] {
  return lists.flatMap(([kind, list]) => {
    const urls = (body[list] ?? []) as readonly string[] // checkBody has looked at it
    return urls.map((url) => {
      const file = storage.findByUrl(url)
      if (file === null) return { kind, ...guessFrom(url), blobPath: null }
      const { name, mediaType, blobPath } = file
      return { kind, name, mediaType, blobPath }
    })
  })
}

/** Files as an agent has them. Only what is in the storage can be read: the stand-in fetches nothing. */
export function openFiles(
  files: readonly StandInFile[],
  storage: Pick<RunningStorage, 'read'>,
): readonly TurnFile[] {
  return files.map(({ kind, name, mediaType, blobPath }) => ({
    kind,
    name,
    mediaType,
    // A promise, as it would be of a storage elsewhere; what is thrown rejects it.
    async read() {
      if (blobPath === null)
        throw new Error('The stand-in reads no file but those of its own storage.')
      const bytes = storage.read(blobPath)
      if (bytes === null) throw new Error('The file is not in the storage any more.')
      return new Uint8Array(bytes)
    },
  }))
}

function guessFrom(url: string): { readonly name: string; readonly mediaType: string } {
  const name = URL.parse(url)?.pathname.split('/').at(-1) ?? ''
  return { name: decode(name) || 'file', mediaType: 'application/octet-stream' }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
