import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CDPSession } from 'playwright'

/** Records where a measurement's main thread time goes. What is traced is slower: its figures are for no table. */
export interface Tracer {
  start(session: CDPSession): Promise<void>
  stop(session: CDPSession, name: string): Promise<void>
}

/** A tracer that samples the JavaScript of a page and writes a `.cpuprofile` of each measurement into a folder. */
export function createTracer(folder: string): Tracer {
  mkdirSync(folder, { recursive: true })
  return {
    async start(session) {
      await session.send('Profiler.enable')
      await session.send('Profiler.setSamplingInterval', { interval: 200 })
      await session.send('Profiler.start')
    },
    async stop(session, name) {
      const { profile } = await session.send('Profiler.stop')
      writeFileSync(join(folder, `${name}.cpuprofile`), JSON.stringify(profile))
    },
  }
}
