import type { FluoError, RunEnd } from '@fluokit/core'
import type { Labels } from '../labels.ts'

/** The one plain sentence for an error of a run that ended like this. */
export function sentenceFor({ code }: FluoError, end: RunEnd, labels: Labels): string {
  if (end === 'unknown') return code === 'network' ? labels.unknownOutcome : labels.noAnswer
  return code === 'network' && end === 'failed' ? labels.notConnected : labels.errors[code]
}
