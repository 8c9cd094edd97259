/** What a process says and leaves behind while cases run. */
export interface ProcessWatch {
  /** Ends watching; what went wrong, in words. */
  end(): Promise<readonly string[]>
}

/** Watches for unhandled rejections, console errors and timers of the kit that are never cleared (P5, P6). */
export function watchProcess(): ProcessWatch {
  const said: string[] = []
  const timers = new Set<unknown>()
  const { error } = console
  const { setTimeout, clearTimeout } = globalThis
  const onRejection = (reason: unknown): void =>
    void said.push(`P5: unhandled rejection: ${String(reason)}`)

  process.on('unhandledRejection', onRejection)
  console.error = (...words: unknown[]) => void said.push(`P5: console error: ${words.join(' ')}`)
  // Node and this rig take their timers from elsewhere: whoever calls these is the kit.
  globalThis.setTimeout = ((callback: () => void, delay?: number) => {
    const timer = setTimeout(() => {
      timers.delete(timer)
      callback()
    }, delay)
    timers.add(timer)
    return timer
  }) as typeof setTimeout
  globalThis.clearTimeout = ((timer: ReturnType<typeof setTimeout> | undefined) => {
    timers.delete(timer)
    clearTimeout(timer)
  }) as typeof clearTimeout

  return {
    async end() {
      await new Promise((resolve) => setTimeout(resolve, 20))
      process.off('unhandledRejection', onRejection)
      console.error = error
      Object.assign(globalThis, { setTimeout, clearTimeout })
      return timers.size === 0 ? said : [...said, `P6: ${timers.size} timers are left`]
    },
  }
}
