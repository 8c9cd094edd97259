import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CDPSession, Page } from 'playwright'
import { sumFunctions } from './sum-functions.ts'
import { sumEvents, type TraceEvent } from './sum-events.ts'

/** Records where a measurement's main thread time goes. What is traced is slower: its figures are for no table. */
export interface Tracer {
  start(page: Page, session: CDPSession): Promise<void>
  stop(page: Page, session: CDPSession, name: string): Promise<void>
}

/** A tracer that writes a trace and a CPU profile of each measurement into a folder, and says where the most time went. */
export function createTracer(folder: string, say: (line: string) => void): Tracer {
  mkdirSync(folder, { recursive: true })
  return {
    async start(page, session) {
      await session.send('Profiler.enable')
      await session.send('Profiler.setSamplingInterval', { interval: 250 })
      await session.send('Profiler.start')
      const categories = ['devtools.timeline', 'toplevel', 'blink', 'cc', 'v8', '__metadata']
      await page.context().browser()?.startTracing(page, { categories })
    },
    async stop(page, session, name) {
      const buffer = await page.context().browser()?.stopTracing()
      const { profile } = await session.send('Profiler.stop')
      writeFileSync(join(folder, `${name}.cpuprofile`), JSON.stringify(profile))
      if (buffer === undefined) return
      writeFileSync(join(folder, `${name}.trace.json`), buffer)
      const { traceEvents } = JSON.parse(buffer.toString()) as { traceEvents: TraceEvent[] }
      say(`${name}, main thread by what Chromium did, ms of its own time:`)
      for (const line of sumEvents(traceEvents).slice(0, 16)) say(`  ${line}`)
      say(`${name}, JavaScript by function, ms:`)
      for (const line of sumFunctions(profile).slice(0, 24)) say(`  ${line}`)
    },
  }
}
