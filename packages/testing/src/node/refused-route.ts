import type { StatusStep } from '../refusal.ts'
import type { BodyProblem } from './check-body.ts'

/** A call that is not right by the specification, and why. */
export interface RefusedRoute {
  readonly kind: 'refused'
  readonly step: StatusStep
  /** The body, where it is more than the step's `detail`. */
  readonly body?: string
  readonly allow?: string
}

/** A refusal with a status and a sentence, or with what is wrong with the fields of a call. */
export function refusedRoute(status: number, detail: string): RefusedRoute
export function refusedRoute(problems: readonly BodyProblem[]): RefusedRoute
export function refusedRoute(
  what: number | readonly BodyProblem[],
  detail: string = '',
): RefusedRoute {
  if (typeof what === 'number') return { kind: 'refused', step: { status: what, detail } }
  const body = JSON.stringify({ detail: what, type: 'ValidationError' })
  return { kind: 'refused', step: { status: 422 }, body }
}
