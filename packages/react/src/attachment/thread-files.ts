import type { ReadableStore, Thread, TurnInput } from '@fluokit/core'
import type { Upload } from '@fluokit/core/uploads'
import { fileOfUpload, filesOf, isSameFile, type TurnFile } from './turn-file.ts'

type Files = readonly TurnFile[]

const known = new WeakMap<Thread, ReadableStore<Files>>()
const none: Files = []

/**
 * The files of a thread's next turn, those in its draft and those on their way, in the order in which they came. A file
 * keeps its place and its ID whatever becomes of it, and is the same object for as long as nothing does.
 */
export function threadFiles(thread: Thread): ReadableStore<Files> {
  const store = known.get(thread) ?? createFiles(thread)
  known.set(thread, store)
  return store
}

function createFiles({ draft, uploads }: Thread): ReadableStore<Files> {
  let input: TurnInput | null = null
  let onTheirWay: readonly Upload[] | undefined
  let files = none

  function getState(): Files {
    const inputNow = draft.getState()
    const uploadsNow = uploads?.store.getState()
    if (uploadsNow !== onTheirWay || !hasSameLists(inputNow, input)) {
      const next = arrange(files, inputNow, uploadsNow ?? [])
      const isSame = next.length === files.length && next.every((file, at) => file === files[at])
      if (!isSame) files = next
    }
    input = inputNow
    onTheirWay = uploadsNow
    return files
  }

  return {
    getState,
    getInitialState: () => none,
    subscribe(listener) {
      let before = getState()
      function look(): void {
        const last = before
        before = getState()
        if (before !== last) listener(before, last)
      }
      const ends = [draft.subscribe(look), uploads?.store.subscribe(look)]
      return () => {
        for (const end of ends) end?.()
      }
    },
  }
}

/** A keystroke changes none of a draft's lists. */
function hasSameLists(one: TurnInput | null, other: TurnInput | null): boolean {
  return (
    one?.documents === other?.documents &&
    one?.images === other?.images &&
    one?.audios === other?.audios
  )
}

/** What was there stays in its place, and what is new comes after. A ready upload stands in the draft as well. */
function arrange(before: Files, input: TurnInput | null, uploads: readonly Upload[]): Files {
  const uploaded = uploads.map(fileOfUpload)
  const drafted = input === null ? [] : filesOf(input)
  const named = drafted.filter((file) => !uploaded.some((other) => isSameFile(file, other)))
  const placed = [...named, ...uploaded].map((file) => {
    const last = before.find((other) => isSameFile(file, other))
    if (last === undefined) return { file, place: before.length }
    const isSame = last.upload === file.upload && last.file === file.file
    return { file: isSame ? last : { ...file, id: last.id }, place: before.indexOf(last) }
  })
  const sorted = placed.toSorted((one, other) => one.place - other.place).map(({ file }) => file)
  return sorted.filter((file, at) => sorted.findIndex((other) => isSameFile(file, other)) === at)
}
