import { describe, errorFromResponse } from './error-from-response.ts'
import type { FluoError } from './errors.ts'
import { names } from './payload-names.ts'
import { asName, isPayload, pick, withNested, type Payload } from './payload.ts'

/** What an `error` event says: the code by its status where it names one, else `upstream`. */
export function errorFacts(payload: Payload): FluoError {
  const places = [...withNested(payload, names.errorContainers)].reverse()
  const first = <T>(read: (place: Payload) => T | undefined): T | undefined =>
    places.map(read).find((found) => found !== undefined)
  const status = first((place) => pick(place, names.status, asStatus))
  const detail = first((place) =>
    pick(place, names.errorDetail, (value) =>
      isPayload(value) && places.includes(value) ? undefined : describe(value) || undefined,
    ),
  )
  const type = first((place) => pick(place, ['type'], asErrorType))
  const { code } =
    status === undefined
      ? { code: 'upstream' as const }
      : errorFromResponse({ status, headers: new Headers() }, '')
  return {
    code,
    ...(status !== undefined && { status }),
    ...(detail !== undefined && { detail }),
    ...(type !== undefined && { type }),
  }
}

function asStatus(value: unknown): number | undefined {
  return typeof value === 'number' && value >= 400 && value < 600 ? value : undefined
}

function asErrorType(value: unknown): string | undefined {
  return value === 'error' ? undefined : asName(value)
}
