import type { UploadLimits } from '@fluokit/core/wire'
import type { Labels } from '../labels.ts'
import type { Draft } from './draft.ts'

/** What a refusal's sentence speaks of. */
export interface RefusalFacts extends Pick<Draft, 'text' | 'refusal' | 'leftOut'> {
  /** The longest text, in UTF-16 units. */
  readonly maxLength: number
  readonly limits: UploadLimits | null
}

/** Why a draft was refused, in the labels' words; empty where it was not. */
export function refusalSentence(facts: RefusalFacts, labels: Labels): string {
  const { text, refusal, leftOut, maxLength, limits } = facts
  if (refusal === null) return ''
  if (refusal === 'too-many-files') return labels.tooManyFiles(leftOut, limits?.files ?? 0)
  if (refusal !== 'too-long') return labels.refusals[refusal]
  // A thread may have a limit of its own, of which nothing is known here.
  return text.length > maxLength
    ? labels.tooLong(text.length, maxLength)
    : labels.errors['too-large']
}
