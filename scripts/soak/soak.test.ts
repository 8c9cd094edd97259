import { describe, expect, it } from 'vitest'
import { runCanaryCases } from './canary-cases.ts'
import { describeRedis } from '../../packages/relay/src/run-log/__fixtures__/describe-redis.ts'
import {
  allOrders,
  consistentRuns,
  foldConsistent,
  foldOrders,
  randomOrders,
} from './event-orders.ts'
import { randomFrom } from './random.ts'
import { readRandomStreams, runRandomBytes } from './random-streams.ts'
import { full, part } from './sizes.ts'
import { measureLeaving } from './relay-load/measure-leaving.ts'
import { measureLoad } from './relay-load/measure-load.ts'
import { tamperHandles } from './tampered-handles.ts'
import { runTransportCases } from './transport-cases.ts'
import { moveReaders } from './two-relays.ts'

// A twentieth of `npx pnpm@12 soak`. FLUOKIT_SEED tries another one; a failure names the seed.
const seed = Number(process.env['FLUOKIT_SEED'] ?? 1)
const withSeed = (problems: readonly string[]): readonly string[] =>
  problems.length === 0 ? [] : [`FLUOKIT_SEED=${seed}`, ...problems.slice(0, 20)]

describe('readSse', () => {
  it('reads random streams in random pieces as the rules of the standard do', async () => {
    const read = await readRandomStreams(full.streams * part, randomFrom(seed))

    expect(withSeed(read.differences)).toEqual([])
    expect(read.streams).toBe(10_000)
  }, 30_000)
})

describe('createFluoClient', () => {
  it('ends a run once whatever bytes answer it, and throws nothing', async () => {
    const run = await runRandomBytes(full.byteRuns * part, randomFrom(seed))

    expect(withSeed(run.differences)).toEqual([])
    expect(run.streams).toBe(1_000)
  }, 30_000)

  it('keeps every promise under transport faults at any byte of a run (F02) (F03) (F05)', async () => {
    const { cases, faults, failed } = await runTransportCases({ part, random: randomFrom(seed) })

    expect(withSeed(failed)).toEqual([])
    expect(faults).toBeGreaterThanOrEqual(16)
    expect(cases).toBeGreaterThanOrEqual(full.transportCases * part)
  }, 60_000)
})

describe('fold', () => {
  it('takes events in any order: it never throws, says nothing too often, and ends once', () => {
    const every = 1 / part
    const orders = foldOrders([...allOrders()].filter((_, index) => index % every === seed % every))
    const random = foldOrders(randomOrders(full.randomOrders * part, randomFrom(seed)))
    const runs = foldConsistent(consistentRuns(full.consistentRuns * part, randomFrom(seed)))

    expect(withSeed([...orders.failed, ...random.failed, ...runs.failed])).toEqual([])
    expect(orders.sequences + random.sequences + runs.sequences).toBeGreaterThanOrEqual(12_700)
  }, 30_000)
})

describeRedis('createRedisRunLog', () => {
  it('gives readers that move between two relays the same text, of runs that went upstream once', async () => {
    const { moves, problems } = await moveReaders(full.movedRuns * part, randomFrom(seed))

    expect(withSeed(problems)).toEqual([])
    expect(moves).toBeGreaterThan(0)
  }, 30_000)
})

describe('createRelay', () => {
  it('shows no canary to a browser or a log, whatever goes wrong with Fluo (T02) (T08)', async () => {
    const { cases, hits } = await runCanaryCases({ part: part / 2, random: randomFrom(seed) })

    expect(withSeed(hits)).toEqual([])
    expect(cases).toBeGreaterThan(300)
  }, 60_000)

  it('opens no handle that somebody has changed (T06)', async () => {
    const { accepted, longest } = await tamperHandles(full.handles * part, randomFrom(seed))

    expect(withSeed(accepted)).toEqual([])
    expect(longest).toBeLessThanOrEqual(100)
  }, 60_000)

  it('carries a hundred streams at once to their end, and keeps none', async () => {
    const load = await measureLoad({ streams: 100, seconds: 3, runSeconds: 1 })

    expect(load.problems).toEqual([])
    expect(load.runs).toBeGreaterThan(100)
    expect(load.left).toBe(0)
  }, 60_000)

  it('leaves Fluo for each browser that leaves (T21)', async () => {
    const { left, closed } = await measureLeaving(50)

    expect(closed).toBe(left)
  }, 60_000)
})
