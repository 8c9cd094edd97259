/** Calls an application's callback; what it throws is reported like any uncaught error and goes no further. */
export function isolate<A extends readonly unknown[]>(
  callback: ((...values: A) => void) | undefined,
  ...values: A
): void {
  try {
    callback?.(...values)
  } catch (thrown) {
    queueMicrotask(() => {
      throw thrown
    })
  }
}
