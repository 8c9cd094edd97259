import { parseArgs } from 'node:util'
import { peers } from './peers.ts'
import { scenarioNames, type ScenarioName } from './scenarios.ts'

/** What one run of the bench does. */
export interface BenchOptions {
  readonly scenarios: readonly ScenarioName[]
  /** The names of the peers; the limits are always measured, for ratios need them. */
  readonly peers: readonly string[]
  readonly runs: number
  /** How long it may wait in all for other programs to be quiet. */
  readonly calmMs: number
  /** Where all single figures go as JSON. */
  readonly json: string | null
  /** A file that --json wrote: its figures are shown again, and nothing is measured. */
  readonly from: string | null
  /** Writes docs/performance.md and its picture. */
  readonly isWriting: boolean
  /** Checks types and tests, and measures nothing. */
  readonly isCheck: boolean
  /** Writes a trace and a CPU profile of each measurement into this folder, which makes the measurements slower. */
  readonly trace: string | null
}

/** Reads the command line. Throws a sentence about what it does not know. */
export function readOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string' },
      peers: { type: 'string' },
      runs: { type: 'string', default: '5' },
      calm: { type: 'string', default: '300' },
      json: { type: 'string' },
      from: { type: 'string' },
      write: { type: 'boolean', default: false },
      check: { type: 'boolean', default: false },
      trace: { type: 'string' },
    },
  })
  const runs = Number(values.runs)
  if (!Number.isInteger(runs) || runs < 1) throw new Error('--runs takes a whole number from 1.')
  const names = peers.map(({ name }) => name)
  return {
    scenarios: pick('--only', values.only?.toUpperCase(), scenarioNames),
    peers: pick('--peers', values.peers, names),
    runs,
    calmMs: Number(values.calm) * 1_000,
    json: values.json ?? null,
    from: values.from ?? null,
    isWriting: values.write,
    isCheck: values.check,
    trace: values.trace ?? null,
  }
}

function pick<Name extends string>(
  option: string,
  given: string | undefined,
  known: readonly Name[],
): readonly Name[] {
  if (given === undefined) return known
  const wanted = given.split(',')
  const unknown = wanted.find((name) => !known.some((one) => one === name))
  if (unknown !== undefined) {
    throw new Error(`${option} does not know ${unknown}. It takes ${known.join(', ')}.`)
  }
  return known.filter((name) => wanted.includes(name))
}
