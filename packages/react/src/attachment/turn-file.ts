import type { FileRef, TurnInput } from '@fluokit/core'
import { fileName } from './file-name.ts'

/** What a file of a turn is to the agent. */
export type FileKind = 'document' | 'image' | 'audio'

/** A file that goes with a turn. */
export interface TurnFile {
  /** Tells the files of a turn apart. Holds its URL: a key for React, not for the page. */
  readonly id: string
  readonly kind: FileKind
  readonly file: FileRef
  /** What to call it before people. */
  readonly name: string
}

/** The list of a turn's input that files of a kind stand in. */
export const lists = { document: 'documents', image: 'images', audio: 'audios' } as const

/** A file as parts show it. */
export function turnFile(kind: FileKind, file: FileRef): TurnFile {
  const ref = typeof file === 'string' ? file : file.ref
  return { id: `${kind} ${ref}`, kind, file, name: fileName(file) }
}

/** The files of an input, in the order of its lists. */
export function filesOf(input: TurnInput): readonly TurnFile[] {
  const kinds = ['document', 'image', 'audio'] as const
  return kinds.flatMap((kind) => (input[lists[kind]] ?? []).map((file) => turnFile(kind, file)))
}
