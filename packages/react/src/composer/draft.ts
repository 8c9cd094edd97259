import type { FileRef, SendResult, TurnInput } from '@fluokit/core'
import { fileLists, type FileKind } from '@fluokit/core/uploads'
import { isSameFile, type TurnFile } from '../attachment/turn-file.ts'

/**
 * Why a send was refused, or files were. What a person took out of the queue, or forgot, was not. `upload-failed`: a file failed while the
 * turn waited for it. `too-many-files`: some were left out.
 */
export type Refusal =
  | Exclude<Extract<SendResult, { readonly sent: false }>['reason'], 'canceled' | 'removed'>
  | 'upload-failed'
  | 'too-many-files'

/** What is being written to one thread. */
export interface Draft {
  readonly text: string
  /** With those that are on their way, and those that failed. */
  readonly files: readonly TurnFile[]
  /** Why the last send was refused, until something changes. */
  readonly refusal: Refusal | null
  /** How many files were left out, with `too-many-files`. */
  readonly leftOut: number
}

/** Whether there is anything in a text but white space. Stops at the first that is: a text may be very long. */
export function hasText(text: string): boolean {
  return /\S/.test(text)
}

/** The files with one more, or the same where it is among them. */
export function withFile(files: readonly TurnFile[], added: TurnFile): readonly TurnFile[] {
  return files.some((file) => isSameFile(file, added)) ? files : [...files, added]
}

/** The draft as Fluo takes it: with the files that are ready. */
export function inputOf({ text, files }: Pick<Draft, 'text' | 'files'>): TurnInput {
  return { query: text, ...fileInputOf(files) }
}

/** The files that are ready, as Fluo takes them. */
export function fileInputOf(
  files: readonly TurnFile[],
): Pick<TurnInput, 'documents' | 'images' | 'audios'> {
  const input: { [List in (typeof fileLists)[FileKind]]?: FileRef[] } = {}
  for (const { kind, file } of files) if (file !== null) (input[fileLists[kind]] ??= []).push(file)
  return input
}

/** Two texts, one under the other. */
export function joinTexts(above: string, below: string): string {
  return above === '' || below === '' ? above + below : `${above}\n${below}`
}
