import { randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import type { Browser } from 'playwright'
import { lagsOf } from '../lags.ts'
import type { Peer } from '../peers.ts'
import type { RunScenario } from '../scenarios.ts'
import type { ServedRun } from '../server/served-run.ts'
import type { BenchServer } from '../server/start-server.ts'
import { findDifference } from '../text/find-difference.ts'
import { makeHistory } from '../text/make-history.ts'
import { readMetrics, readSettledHeap } from './metrics.ts'
import { openPage, type BenchPage } from './open-page.ts'
import { showsRows, settle } from './settle.ts'
import { sampleOf } from './sample-of.ts'
import { failedSample, type Place, type Sample } from './sample.ts'
import type { Tracer } from '../trace/tracer.ts'

interface Where {
  readonly browser: Browser
  readonly server: BenchServer
  readonly run: number
  readonly busy: number
  readonly tracer: Tracer | null
}

/** Asks one peer's fresh page one question, and follows the answer to its last character. Never throws. */
export async function measureRun(
  scenario: RunScenario,
  peer: Peer,
  { browser, server, run, busy, tracer }: Where,
): Promise<Sample> {
  const place = { scenario: scenario.name, peer: peer.name, run, busy }
  const token = randomUUID()
  const served = server.expect(token, scenario, scenario.earlier)
  let open: BenchPage | undefined
  try {
    if (served === null) throw new Error('nothing is served')
    open = await openPage(browser, server.url, { peer, token, earlier: scenario.earlier })
    return await measure(open, served, place, tracer)
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message.split('\n')[0] : String(thrown)
    const shown = open === undefined ? '' : await shownShare(open, served)
    return failedSample(place, [reason, shown, ...(open?.errors ?? [])].filter(Boolean).join('; '))
  } finally {
    await open?.close()
  }
}

async function measure(
  open: BenchPage,
  served: ServedRun,
  place: Place,
  tracer: Tracer | null,
): Promise<Sample> {
  const { page, session } = open
  const { scenario, text, deltas } = served
  await page.evaluate(() => window.bench.open())
  await showsRows(page, scenario.earlier)
  await page.evaluate((expected) => Object.assign(window, { expected }), text)
  await settle(page)
  const heapBefore = await readSettledHeap(session)
  await tracer?.start(page, session)
  const before = await readMetrics(session)
  const signals = Promise.all([
    open.signal('10', scenario.limitMs),
    open.signal('90', scenario.limitMs),
    open.signal('done', scenario.limitMs),
  ])
  signals.catch(() => undefined) // awaited below, unless what comes before it throws
  await page.evaluate(() =>
    window.bench.beginRun((window as unknown as { expected: string }).expected),
  )
  const [first, last, after] = await signals
  await tracer?.stop(page, session, `${place.scenario}-${place.peer}`)
  await setTimeout(300)
  const heap = { before: heapBefore, after: await readSettledHeap(session) }
  const result = await page.evaluate(() => window.bench.result())
  const sample = sampleOf(place, { before, after, heap, result })
  const texts = await page.evaluate(() => window.bench.texts())
  const sent = [...makeHistory(scenario.earlier).map((message) => message.text), null, text]
  const frames = result.frames.map(([, readAt, shown]) => ({
    at: result.timeOrigin + readAt + open.clockOffset,
    shown,
  }))
  const lags = scenario.perSecond === null ? null : lagsOf(deltas, served.sentAt, frames)
  const aTenth = deltas.length / 10
  return {
    ...sample,
    failure: differenceIn(texts, sent) ?? open.errors[0] ?? null,
    lagP50: lags?.p50 ?? null,
    lagP95: lags?.p95 ?? null,
    firstTenth: scenario.perSecond && ((first.task - before.task) * 1_000) / aTenth,
    lastTenth: scenario.perSecond && ((after.task - last.task) * 1_000) / aTenth,
  }
}

/** What is wrong with the rows of a page, against the texts sent (null: not looked at); null where nothing is. */
export function differenceIn(
  texts: readonly string[],
  sent: readonly (string | null)[],
): string | null {
  if (texts.length !== sent.length) return `${texts.length} rows for ${sent.length}`
  for (const [index, text] of sent.entries()) {
    const difference = text === null ? null : findDifference(texts[index] ?? '', text)
    if (difference !== null) return `row ${index}: ${difference}`
  }
  return null
}

async function shownShare(open: BenchPage, served: ServedRun | null): Promise<string> {
  const reading = open.page.evaluate(() => window.bench.texts().at(-1)?.length ?? 0)
  // A page whose thread is blocked answers nothing.
  const length = await Promise.race([reading, setTimeout(2_000, null)]).catch(() => null)
  if (length === null || served === null) return 'the page does not answer'
  return `${Math.round((length * 100) / served.text.length)}% shown`
}
