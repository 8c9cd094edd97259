// The long checks: `npx pnpm@12 soak [--seed=N]` prints their figures as a table and fails when one of them is off.
// `npx pnpm@12 test` runs a twentieth of G1 to G3.
import { spawnSync } from 'node:child_process'
import { runSoak } from './soak/run-soak.ts'

const seed = Number(/^--seed=(\d+)$/.exec(process.argv[2] ?? '')?.[1] ?? Date.now() % 1_000_000_000)
if ((globalThis as { gc?: unknown }).gc === undefined) {
  const args = ['--expose-gc', import.meta.filename, `--seed=${seed}`]
  process.exitCode = spawnSync(process.execPath, args, { stdio: 'inherit' }).status ?? 1
} else {
  console.log(`Seed ${seed}: run again with --seed=${seed}`)
  process.exitCode = (await runSoak(seed)) ? 0 : 1
}
