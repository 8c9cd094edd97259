import { join } from 'node:path'
import { mustRun, run } from '../../../scripts/pack/run.ts'
import { workspace } from '../../../scripts/pack/packages.ts'
import { benchFolder } from './build-pages.ts'

/** Checks the types of the bench and its pages, and runs its tests. Returns the exit code. */
export async function checkBench(): Promise<number> {
  await mustRun('tsc', ['-p', benchFolder], { cwd: workspace })
  console.log('types are right')
  const args = ['run', '--project', 'unit', join('apps', 'bench')]
  const { code, output } = await run('vitest', args, { cwd: workspace, limitMs: 120_000 })
  console.log(output.trim())
  return code
}
