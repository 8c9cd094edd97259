import type { FileRef, SendResult, TurnInput } from '@fluokit/core'
import { lists, type FileKind, type TurnFile } from '../attachment/turn-file.ts'

/** Why a send was refused. What a person took out of the queue was not. */
export type Refusal = Exclude<Extract<SendResult, { readonly sent: false }>['reason'], 'canceled'>

/** What is being written to one thread. */
export interface Draft {
  readonly text: string
  readonly files: readonly TurnFile[]
  /** Why the last send was refused, until something changes. */
  readonly refusal: Refusal | null
}

/** Whether there is anything in a text but white space. Stops at the first that is: a text may be very long. */
export function hasText(text: string): boolean {
  return /\S/.test(text)
}

/** The files with one more, or the same where it is among them. */
export function withFile(files: readonly TurnFile[], added: TurnFile): readonly TurnFile[] {
  return files.some(({ id }) => id === added.id) ? files : [...files, added]
}

/** The draft as Fluo takes it. */
export function inputOf({ text, files }: Pick<Draft, 'text' | 'files'>): TurnInput {
  const input: { query: string } & { [List in (typeof lists)[FileKind]]?: FileRef[] } = {
    query: text,
  }
  for (const { kind, file } of files) (input[lists[kind]] ??= []).push(file)
  return input
}

/** Two texts, one under the other. */
export function joinTexts(above: string, below: string): string {
  return above === '' || below === '' ? above + below : `${above}\n${below}`
}
