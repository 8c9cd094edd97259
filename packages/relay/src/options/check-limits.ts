import { defaultLimits, type RelayLimits } from './relay-limits.ts'

/** Beyond it a timer fires at once. */
const longestTimer = 2 ** 31 - 1

/** Throws an `Error` of one sentence for a limit that is not known, or no positive whole number that can be kept to. */
export function checkLimits(limits: Partial<RelayLimits> | undefined): void {
  for (const [name, limit] of Object.entries(limits ?? {})) {
    if (!Object.hasOwn(defaultLimits, name)) {
      throw new Error(
        `createRelay: limits knows only ${Object.keys(defaultLimits).join(', ')}, and not every name it was given.`,
      )
    }
    const most = name.endsWith('Ms') ? longestTimer : Number.MAX_SAFE_INTEGER
    if (!Number.isSafeInteger(limit) || limit < 1 || limit > most) {
      throw new Error(`createRelay: limits.${name} must be a whole number from 1 to ${most}.`)
    }
  }
}
