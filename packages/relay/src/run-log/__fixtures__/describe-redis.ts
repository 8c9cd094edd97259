import { describe } from 'vitest'
import { noRedis, noRedisServer } from './test-redis.ts'

/** Tests on any Redis, or on one that they may kill; skipped, with the reason in their title, where there is none. */
export function describeRedis(name: string, tests: () => void, isTheirs = false): void {
  const missing = isTheirs ? noRedisServer : noRedis
  if (missing !== null && process.env['FLUOKIT_REQUIRE_REDIS'] !== undefined) {
    throw new Error(`FLUOKIT_REQUIRE_REDIS is set, and ${missing}.`)
  }
  const reason = missing === null ? '' : ` (skipped: ${missing})`
  describe.skipIf(missing !== null)(`${name}${reason}`, () => {
    tests()
  })
}
