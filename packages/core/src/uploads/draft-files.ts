import type { FileRef, TurnInput, UploadedFile } from '../wire/run-request.ts'
import { fileLists, type FileKind } from './file-kind.ts'

const lists = Object.values(fileLists)

/** The draft with one more file in its list: before the first of those that are called `later`, else at the end. */
export function withFile(
  draft: TurnInput | null,
  kind: FileKind,
  file: UploadedFile,
  later: readonly string[],
): TurnInput {
  const list = fileLists[kind]
  const before = draft ?? { query: '' }
  const files = before[list] ?? []
  const place = files.findIndex((other) => later.includes(refOf(other) ?? ''))
  return { ...before, [list]: files.toSpliced(place === -1 ? files.length : place, 0, file) }
}

/** The draft without an uploaded file; the same where it has none of that name. */
export function withoutFile(draft: TurnInput, kind: FileKind, ref: string): TurnInput {
  const list = fileLists[kind]
  const files = draft[list]
  const kept = files?.filter((file) => refOf(file) !== ref)
  return kept === undefined || kept.length === files?.length ? draft : { ...draft, [list]: kept }
}

/** All uploaded files of a draft, by their refs. */
export function uploadedIn(draft: TurnInput | null): ReadonlyMap<string, UploadedFile> {
  const files = lists.flatMap((list) => draft?.[list] ?? [])
  const uploaded = files.filter((file) => typeof file !== 'string')
  return new Map(uploaded.map((file) => [file.ref, file]))
}

function refOf(file: FileRef): string | null {
  return typeof file === 'string' ? null : file.ref
}
