import type { Labels } from '../labels.ts'
import type { Refusal } from './draft.ts'

/** Why a text of this length was refused, in the labels' words. */
export function refusalSentence(
  refusal: Refusal,
  length: number,
  limit: number,
  labels: Labels,
): string {
  if (refusal !== 'too-long') return labels.refusals[refusal]
  // A thread may have a limit of its own, of which nothing is known here.
  return length > limit ? labels.tooLong(length, limit) : labels.errors['too-large']
}
