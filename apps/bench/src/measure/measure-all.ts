import { loadavg } from 'node:os'
import { chromium, type Browser } from 'playwright'
import { launchOptions } from '../../../../scripts/browser.ts'
import type { BenchOptions } from '../options.ts'
import { peers, sameTree, virtual, type Peer } from '../peers.ts'
import { runScenario, type ScenarioName } from '../scenarios.ts'
import type { BenchServer } from '../server/start-server.ts'
import { within } from '../within.ts'
import { createCalm } from './calm.ts'
import { measureFloor } from './measure-floor.ts'
import { measureOpening, readTree } from './measure-opening.ts'
import { measureRun } from './measure-run.ts'
import type { TreeNode } from './probe.ts'
import { failedSample, type Sample } from './sample.ts'
import { createTracer } from '../trace/tracer.ts'

/** All samples, with what they were taken on. */
export interface Measured {
  readonly chromium: string
  readonly floor: number
  readonly loads: readonly number[]
  readonly samples: readonly Sample[]
}

/**
 * Measures every scenario that streams or opens, once in every run. The peers take turns, another one first in every run, each
 * in a fresh browser. Says each figure as it comes, and hands over all of them again and again.
 */
export async function measureAll(
  server: BenchServer,
  options: BenchOptions,
  say: (line: string) => void,
  keep: (measured: Measured) => void,
): Promise<Measured> {
  const chosen = peers.filter(
    ({ name }) => name.startsWith('limit') || options.peers.includes(name),
  )
  const samples: Sample[] = []
  const loads: number[] = []
  const tracer = options.trace === null ? null : createTracer(options.trace, say)
  const calm = createCalm(options.calmMs)
  let version = ''
  let floor = NaN
  let tree: readonly TreeNode[] = []

  await inBrowser(async (browser) => {
    version = browser.version()
    const [plain] = peers
    if (plain !== undefined) floor = await measureFloor(browser, server, plain)
    const fluokit = peers.find(({ name }) => name === 'fluokit')
    if (fluokit !== undefined) tree = await readTree(fluokit, { browser, server })
    for (const peer of chosen) await warmUp(peer, browser, server)
  })
  say(`Chromium ${version}; the harness takes ${floor.toFixed(0)} ms of main thread a second`)

  for (let run = 0; run < options.runs; run += 1) {
    for (const name of options.scenarios.filter((scenario) => scenario !== 'F')) {
      loads.push(loadavg()[0] ?? NaN)
      for (const peer of rotated(askedFor(name, chosen), run)) {
        if (hasHung(samples, name, peer.name)) continue
        const busy = await calm.wait()
        const place = { scenario: name, peer: peer.name, run, busy }
        // A browser that hangs takes only itself along.
        const sample = await inBrowser((browser) => {
          const where = { browser, server, run, busy, tracer, tree }
          const one =
            name === 'D' ? measureOpening(peer, where) : measureRun(runScenario(name), peer, where)
          return within(one, limitOf(name), () => failedSample(place, 'the page hung'))
        })
        samples.push(sample)
        say(lineOf(sample))
      }
      keep({ chromium: version, floor, loads, samples })
    }
  }
  return { chromium: version, floor, loads, samples }
}

/** Opening has a limit of its own; the single paragraph is told for the limits, Fluokit and the loop by hand. */
function askedFor(name: ScenarioName, chosen: readonly Peer[]): readonly Peer[] {
  if (name === 'D') return [...chosen, virtual, sameTree]
  if (name !== 'P') return chosen
  return chosen.filter((peer) => peer.protocol === 'plain' || peer.name === 'fluokit')
}

/** Has the server and its relay compiled, and finds a page that does not work, before anything counts. */
async function warmUp(peer: Peer, browser: Browser, server: BenchServer): Promise<void> {
  const scenario = { ...runScenario('A'), limitMs: 3_000 }
  await measureRun(scenario, peer, { browser, server, run: 0, busy: 0, tracer: null })
}

async function inBrowser<T>(work: (browser: Browser) => Promise<T>): Promise<T> {
  const browser = await chromium.launch({ ...launchOptions(), timeout: 30_000 })
  try {
    return await work(browser)
  } finally {
    await within(browser.close(), 10_000, () => undefined)
  }
}

/** A peer that once did not come to its end is not waited for again. */
function hasHung(samples: readonly Sample[], scenario: string, peer: string): boolean {
  return samples.some(
    (sample) =>
      sample.scenario === scenario &&
      sample.peer === peer &&
      /not whole after|hung/.test(sample.failure ?? ''),
  )
}

function limitOf(name: ScenarioName): number {
  return (name === 'D' ? 30_000 : runScenario(name).limitMs) + 30_000
}

function rotated<T>(list: readonly T[], by: number): readonly T[] {
  const first = by % list.length
  return [...list.slice(first), ...list.slice(0, first)]
}

function lineOf(sample: Sample): string {
  const { scenario, run, peer, busy, failure, task, wall, longestTask, lagP95 } = sample
  const place = `${scenario} ${run + 1} ${peer}:`
  if (failure !== null) return `${place} FAILED: ${failure}`
  const facts = [
    `main thread ${task?.toFixed(0)} ms`,
    `wall ${wall?.toFixed(0)} ms`,
    `longest task ${longestTask?.toFixed(0)} ms`,
    ...(lagP95 === null ? [] : [`lag p95 ${lagP95.toFixed(0)} ms`]),
    ...(busy > 0.3 ? [`others took ${(busy * 100).toFixed(0)}% of the machine`] : []),
  ]
  return `${place} ${facts.join(', ')}`
}
