import { randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import type { Browser } from 'playwright'
import type { Peer } from '../peers.ts'
import type { BenchServer } from '../server/start-server.ts'
import { readMetrics } from './metrics.ts'
import { openPage } from './open-page.ts'

/** Milliseconds of main thread a second that the harness's own frame loop takes on a page that does nothing else. */
export async function measureFloor(
  browser: Browser,
  server: BenchServer,
  peer: Peer,
): Promise<number> {
  const token = randomUUID()
  server.expect(token, null, 0)
  const open = await openPage(browser, server.url, { peer, token, earlier: 0 })
  try {
    await open.page.evaluate(() => window.bench.beginOpening(1))
    await setTimeout(500)
    const before = await readMetrics(open.session)
    const start = performance.now()
    await setTimeout(3_000)
    const after = await readMetrics(open.session)
    return ((after.task - before.task) * 1_000) / (performance.now() - start)
  } finally {
    await open.close()
  }
}
