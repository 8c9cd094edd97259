/** Runs steps one after another and counts them. */
export interface Steps {
  readonly passed: number
  readonly failed: number
  /** Runs a step and prints how it went. What needs it must not run after it failed: it resolves to whether it did. */
  readonly step: (
    name: string,
    run: () => Promise<string | void> | string | void,
  ) => Promise<boolean>
}

/** Steps that print a line each, with the seconds they took. */
export function createSteps(): Steps {
  let passed = 0
  let failed = 0
  return {
    get passed() {
      return passed
    },
    get failed() {
      return failed
    },
    async step(name, run) {
      const start = performance.now()
      const seconds = (): string => ((performance.now() - start) / 1000).toFixed(1)
      try {
        const found = await run()
        passed += 1
        console.log(`ok     ${name}${found ? `: ${found}` : ''} (${seconds()} s)`)
        return true
      } catch (thrown) {
        failed += 1
        const message = thrown instanceof Error ? thrown.message : String(thrown)
        console.log(
          `FAILED ${name} (${seconds()} s)\n       ${message.replaceAll('\n', '\n       ')}`,
        )
        return false
      }
    },
  }
}
