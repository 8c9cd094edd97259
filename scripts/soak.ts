// The long checks: `npx pnpm@12 soak [--seed=N] [--only=word]` prints their figures as a table and fails when one of them is
// off. It takes a quarter of an hour, ten minutes of which are G6; `--only` takes those whose name has the word in it.
// `npx pnpm@12 test` runs short forms.
import { spawnSync } from 'node:child_process'
import { parseArgs } from 'node:util'
import { runSoak } from './soak/run-soak.ts'

const { values } = parseArgs({ options: { seed: { type: 'string' }, only: { type: 'string' } } })
const seed = Number(values.seed ?? Date.now() % 1_000_000_000)
const only = values.only ?? ''
if ((globalThis as { gc?: unknown }).gc === undefined) {
  const args = ['--expose-gc', import.meta.filename, `--seed=${seed}`, `--only=${only}`]
  process.exitCode = spawnSync(process.execPath, args, { stdio: 'inherit' }).status ?? 1
} else {
  console.log(`Seed ${seed}: run again with --seed=${seed}`)
  process.exitCode = (await runSoak(seed, only)) ? 0 : 1
}
