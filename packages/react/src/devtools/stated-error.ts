import type { FluoError, FluoErrorCode } from '@fluokit/core'

/** The statuses whose codes a run can be told in mid-stream. */
const statuses: Readonly<Partial<Record<FluoErrorCode, number>>> = {
  forbidden: 403,
  'too-large': 413,
  invalid: 422,
  'rate-limited': 429,
}

/** An error by the status that its code is read from, as a script has to tell it. A code that has none plays as `upstream`. */
export function statedError(error: FluoError): FluoError {
  const status = error.status ?? statuses[error.code]
  return { ...error, ...(status !== undefined && { status }) }
}
