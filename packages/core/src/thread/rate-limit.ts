import type { FluoError } from '../wire/errors.ts'
import type { AskGate } from './ask-gate.ts'

/** A longer wait than this is the person's to sit out, in milliseconds. */
const longestWait = 5 * 60 * 1000

/** How often in a row one run is asked again without anybody having said so. */
const mostTries = 3

/** Up to this much is added to each wait, so that what was refused together does not come back together. */
const longestJitter = 1000

export interface RateLimitPolicy {
  readonly isRetried: boolean
  /** From 0 to 1. */
  readonly random: () => number
  readonly gate: AskGate
}

/**
 * Calls `ask` at the moment a refused run may be asked again, once its client's gate lets it in. The function that comes
 * back ends the wait, or leaves the gate once it was asked; null where nothing is waited for: another error, no
 * moment named, one too far away, or too many tries.
 */
export function waitForLimit(
  error: FluoError | null,
  tries: number,
  { isRetried, random, gate }: RateLimitPolicy,
  ask: () => void,
): (() => void) | null {
  if (!isRetried || error?.code !== 'rate-limited' || error.retryAt === undefined) return null
  const wait = Math.max(0, error.retryAt - Date.now())
  if (wait > longestWait || tries >= mostTries) return null
  let isOver = false
  let leave: (() => void) | undefined
  const timer = setTimeout(
    () => {
      leave = gate.enter(ask)
      if (isOver) leave() // whoever was asked has given up at once
    },
    wait + random() * longestJitter,
  )
  return () => {
    isOver = true
    clearTimeout(timer)
    leave?.()
  }
}
