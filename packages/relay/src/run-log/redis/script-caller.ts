import { createHash } from 'node:crypto'
import { RedisFault } from './redis-fault.ts'
import type { RedisRunLogClient } from './redis-run-log-client.ts'

/**
 * Runs a script on Redis. Rejects with a {@link RedisFault}, and in bounded time, whatever has become of the connection. Until
 * then it asks again, so scripts must bear being run twice.
 */
export type ScriptCaller = (
  script: string,
  keys: readonly string[],
  args: readonly (string | number)[],
) => Promise<unknown>

/** A caller that gives up after so many milliseconds. */
export function createScriptCaller(client: RedisRunLogClient, limitMs: number): ScriptCaller {
  // The client's own type mapping could make buffers of strings; its queue must not outlive our patience.
  const commands = client.withCommandOptions({ timeout: limitMs, typeMapping: {} })
  const hashes = new Map<string, string>()

  function hashOf(script: string): string {
    const known = hashes.get(script)
    if (known !== undefined) return known
    const hash = createHash('sha1').update(script).digest('hex')
    hashes.set(script, hash)
    return hash
  }

  return async (script, keys, args) => {
    const input = { keys: [...keys], arguments: args.map(String) }
    const deadline = performance.now() + limitMs
    const run = async (): Promise<unknown> => {
      try {
        return await commands.evalSha(hashOf(script), input)
      } catch (thrown) {
        if (!(thrown instanceof Error && thrown.message.startsWith('NOSCRIPT'))) throw thrown
        return commands.eval(script, input)
      }
    }
    for (let pause = 20; ; pause *= 2) {
      try {
        return await within(run(), deadline - performance.now())
      } catch (thrown) {
        const fault = RedisFault.of(thrown)
        if (!fault.isPassing || performance.now() + pause >= deadline) throw fault
        await new Promise((resolve) => setTimeout(resolve, pause))
      }
    }
  }
}

async function within<Value>(value: Promise<Value>, limitMs: number): Promise<Value> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('late')), limitMs)
  })
  try {
    return await Promise.race([value, late])
  } finally {
    clearTimeout(timer)
  }
}
