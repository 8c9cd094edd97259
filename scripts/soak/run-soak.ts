import {
  allOrders,
  consistentRuns,
  foldConsistent,
  foldOrders,
  randomOrders,
} from './event-orders.ts'
import { noRedis } from '../../packages/relay/src/run-log/__fixtures__/test-redis.ts'
import { refuseLargeFrame, timeDrip } from './large-frames.ts'
import { measureMounts } from './mount-figures.ts'
import { none, type Figure } from './figure.ts'
import { randomFrom } from './random.ts'
import { readRandomStreams, readVectors, runRandomBytes } from './random-streams.ts'
import { relayDelay, relayLeaving, relayLoad, relaySecrets } from './relay-figures.ts'
import { full } from './sizes.ts'
import { runTransportCases } from './transport-cases.ts'
import { moveReaders } from './two-relays.ts'

const checks: Readonly<Record<string, (seed: number) => Promise<readonly Figure[]>>> = {
  wire,
  transport,
  folding,
  mounting,
  'large-frames': largeFrames,
  'two-relays': twoRelays,
  'relay-secrets': relaySecrets,
  'relay-leaving': relayLeaving,
  'relay-delay': relayDelay,
  'relay-load': relayLoad,
}

/**
 * Runs the checks whose name has `only` in it in full, prints each figure as it comes and then all as a table; true when all
 * are right, and there were any.
 */
export async function runSoak(seed: number, only: string): Promise<boolean> {
  const figures: Figure[] = []
  for (const [name, measure] of Object.entries(checks)) {
    if (!name.includes(only)) continue
    const start = performance.now()
    const found = await measure(seed)
    for (const { problems = [] } of found) for (const one of problems.slice(0, 10)) console.log(one)
    console.log(`${found[0]?.name}: ${Math.round((performance.now() - start) / 1000)} s`)
    figures.push(...found)
  }
  console.log(`\n| | figure | measured | limit |\n| --- | --- | --- | --- |`)
  for (const { name, measured, limit, isRight } of figures) {
    console.log(`| ${isRight ? 'ok' : 'OFF'} | ${name} | ${measured} | ${limit} |`)
  }
  return figures.length > 0 && figures.every(({ isRight }) => isRight)
}

async function wire(seed: number): Promise<readonly Figure[]> {
  const given = await readVectors()
  const random = await readRandomStreams(full.streams, randomFrom(seed))
  const bytes = await runRandomBytes(full.byteRuns, randomFrom(seed))
  return [
    none('G1 vectors at every cut', `${given.streams} vectors`, given.differences),
    none('G1 random streams against the rules', `${random.streams} streams`, random.differences),
    none('G1 random bytes through a client', `${bytes.streams} runs`, bytes.differences),
  ]
}

async function transport(): Promise<readonly Figure[]> {
  const { cases, faults, failed, seconds } = await runTransportCases(null)
  const { isRight, ...rest } = none(
    'G2 transport faults at every byte, P1 to P8',
    `${cases} cases of ${faults} faults, ${Math.round(cases / seconds)}/s`,
    failed,
  )
  const limit = `${full.transportCases} cases at least, 0 failed`
  return [{ ...rest, limit, isRight: isRight && cases >= full.transportCases }]
}

async function folding(seed: number): Promise<readonly Figure[]> {
  const orders = foldOrders(allOrders())
  const random = foldOrders(randomOrders(full.randomOrders, randomFrom(seed)))
  const runs = foldConsistent(consistentRuns(full.consistentRuns, randomFrom(seed)))
  const count = orders.sequences + random.sequences + runs.sequences
  const failed = [...orders.failed, ...random.failed, ...runs.failed]
  return [none('G3 event sequences', `${count} sequences`, failed)]
}

async function mounting(): Promise<readonly Figure[]> {
  const { rounds, sends, posts, unseen, growth, left } = await measureMounts(full.mounts)
  const name = `G5 ${rounds} rounds in StrictMode`
  const perSend = posts / sends
  return [
    { name: `${name}: POSTs a send`, measured: `${perSend}`, limit: '1', isRight: perSend === 1 },
    { name: `${name}: answers unseen`, measured: `${unseen}`, limit: '0', isRight: unseen === 0 },
    {
      name: `${name}: heap`,
      measured: kibibytes(growth),
      limit: '1024 KiB',
      isRight: growth < 2 ** 20,
    },
    { name: `${name}: listeners left`, measured: `${left}`, limit: '0', isRight: left === 0 },
  ]
}

async function largeFrames(): Promise<readonly Figure[]> {
  const mebibyte = 1024 * 1024
  await timeDrip(mebibyte / 8)
  const half = await timeDrip(mebibyte / 2)
  const whole = await timeDrip(mebibyte)
  const { isRefused, heapGrowth } = await refuseLargeFrame()
  return [
    {
      name: 'G12 1 MiB in pieces of a byte',
      measured: `${Math.round(whole)} ms, ${(whole / half).toFixed(2)} times half of it`,
      limit: 'linear: less than 3 times',
      isRight: whole / half < 3,
    },
    {
      name: 'G12 10 MiB in one frame',
      measured: `${isRefused ? 'refused' : 'TAKEN'}, heap ${kibibytes(heapGrowth)}`,
      limit: 'refused, heap under 2048 KiB',
      isRight: isRefused && heapGrowth < 2 * mebibyte,
    },
  ]
}

async function twoRelays(seed: number): Promise<readonly Figure[]> {
  const name = 'Readers moved between two relays on one Redis'
  if (noRedis !== null) {
    const isRight = process.env['FLUOKIT_REQUIRE_REDIS'] === undefined
    return [{ name, measured: `not measured: ${noRedis}`, limit: '0 wrong', isRight }]
  }
  const { readers, moves, problems } = await moveReaders(full.movedRuns, randomFrom(seed))
  const what = `${full.movedRuns} runs, ${readers} readers, ${moves} moves`
  return [none(name, what, problems)]
}

function kibibytes(bytes: number): string {
  return `${Math.round(bytes / 1024)} KiB`
}
