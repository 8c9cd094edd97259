import { warn } from '../thread/warn.ts'
import { isPayload } from '../wire/payload.ts'
import type { StandardSchema } from './standard-schema.ts'

/**
 * Whether a value fits a schema; null where that cannot be said at once. Never throws, never waits, and leaves the value as it
 * is. `tool` is the name for the developer's console.
 */
export function doesFit(
  schema: StandardSchema | undefined,
  value: unknown,
  tool: string,
): boolean | null {
  if (schema === undefined) return true
  try {
    // A copy, for some libraries write defaults and conversions into what they are given.
    const result: unknown = schema['~standard'].validate(structuredClone(value))
    if (!isThenable(result)) return isPayload(result) && result['issues'] === undefined
    result.then(undefined, () => undefined) // what it says late is nobody's to catch
    warn(
      `a schema of the tool "${tool}" is asynchronous. Calls wait for nothing, so its calls stay untyped.`,
    )
    return null
  } catch {
    warn(`a schema of the tool "${tool}" threw, so its call counts as one that does not fit.`)
    return false
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as { then?: unknown } | null)?.then === 'function'
}
