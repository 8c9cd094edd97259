import type { TurnInput } from '@fluokit/core'

/** Something that a person may want to ask next. */
export interface Suggestion {
  /** Tells it from the others. @default its place and its words */
  readonly id?: string | undefined
  /** What people see of it. @default the text that is asked */
  readonly label?: string | undefined
  /** What is asked, with files where some go along: URLs, or files that are on a server already. */
  readonly input: string | TurnInput
}

/** What people see of a suggestion. */
export function wordsOf({ label, input }: Suggestion): string {
  return label ?? turnInputOf({ input }).query
}

/** What a suggestion asks. */
export function turnInputOf({ input }: Pick<Suggestion, 'input'>): TurnInput {
  return typeof input === 'string' ? { query: input } : input
}
