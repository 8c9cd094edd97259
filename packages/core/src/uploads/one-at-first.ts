/**
 * Calls one at a time until one has been answered well, and then as they come. A server that gives each visitor an identity of its own
 * gives another to each of several first calls, and what belongs to one is not found by the other.
 */
export function oneAtFirst(): <T>(call: () => Promise<T>) => Promise<T> {
  let isAnswered = false
  let last: Promise<unknown> = Promise.resolve()
  return async (call) => {
    if (isAnswered) return call()
    const result = last.then(call)
    last = result.then(
      () => (isAnswered = true),
      () => undefined,
    )
    return result
  }
}
