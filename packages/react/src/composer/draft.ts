import type { FileRef, SendResult, TurnInput } from '@fluokit/core'
import { fileName } from '../part/file-name.ts'

/** What a file of a turn is to the agent. */
export type FileKind = 'document' | 'image' | 'audio'

/** A file that goes with the next turn. */
export interface DraftFile {
  /** Stays the same for as long as the file is in the draft. Holds its URL: a key for React, not for the page. */
  readonly id: string
  readonly kind: FileKind
  readonly file: FileRef
  /** What to call it before people. */
  readonly name: string
}

/** Why a send was refused. */
export type Refusal = Extract<SendResult, { readonly sent: false }>['reason']

/** What is being written to one thread. */
export interface Draft {
  readonly text: string
  readonly files: readonly DraftFile[]
  /** Why the last send was refused, until something changes. */
  readonly refusal: Refusal | null
}

const lists = { document: 'documents', image: 'images', audio: 'audios' } as const

/** Whether there is anything in a text but white space. Stops at the first that is: a text may be very long. */
export function hasText(text: string): boolean {
  return /\S/.test(text)
}

/** A file as it stands in a draft. */
export function draftFile(kind: FileKind, file: FileRef): DraftFile {
  const ref = typeof file === 'string' ? file : file.ref
  return { id: `${kind} ${ref}`, kind, file, name: fileName(file) }
}

/** The files with one more, or the same where it is among them. */
export function withFile(files: readonly DraftFile[], added: DraftFile): readonly DraftFile[] {
  return files.some(({ id }) => id === added.id) ? files : [...files, added]
}

/** The draft as Fluo takes it. */
export function inputOf({ text, files }: Draft): TurnInput {
  const input: { query: string } & { [List in (typeof lists)[FileKind]]?: FileRef[] } = {
    query: text,
  }
  for (const { kind, file } of files) (input[lists[kind]] ??= []).push(file)
  return input
}

/** The files of an input, as a draft holds them. */
export function filesOf(input: TurnInput): readonly DraftFile[] {
  const kinds = ['document', 'image', 'audio'] as const
  return kinds.flatMap((kind) => (input[lists[kind]] ?? []).map((file) => draftFile(kind, file)))
}

/** Two texts, one under the other. */
export function joinTexts(above: string, below: string): string {
  return above === '' || below === '' ? above + below : `${above}\n${below}`
}
