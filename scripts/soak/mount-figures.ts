import { join } from 'node:path'
import { build } from 'vite'
import { workspace } from '../pack/packages.ts'
import { run } from '../pack/run.ts'

/** What mounting, streaming and unmounting a chat so many times came to. */
export interface MountFigures {
  readonly rounds: number
  readonly sends: number
  readonly posts: number
  /** Rounds whose answer was not on the page. */
  readonly unseen: number
  /** In bytes, after a warm-up and a forced collection. */
  readonly growth: number
  /** Listeners left on what outlives a round. */
  readonly left: number
}

/** Bundles the rounds, which are TSX, and runs them in a process of their own, whose heap is theirs alone. */
export async function measureMounts(rounds: number): Promise<MountFigures> {
  const outDir = join(workspace, 'node_modules/.cache/soak')
  await build({
    root: workspace,
    configFile: false,
    envFile: false,
    logLevel: 'error',
    mode: 'test',
    define: { 'process.env.NODE_ENV': '"test"' },
    ssr: { noExternal: [/^@fluokit\//] },
    build: {
      ssr: join(import.meta.dirname, 'mount-rounds.tsx'),
      outDir,
      emptyOutDir: true,
      rolldownOptions: { output: { entryFileNames: 'mount-rounds.mjs' } },
    },
  })
  const args = ['--expose-gc', join(outDir, 'mount-rounds.mjs'), String(rounds)]
  const { code, output } = await run(process.execPath, args, {
    cwd: workspace,
    env: { ...process.env, NODE_ENV: 'test' }, // StrictMode does nothing in production
    limitMs: 600_000,
  })
  if (code !== 0) throw new Error(`the rounds failed:\n${output}`)
  return JSON.parse(output.trim().split('\n').at(-1) ?? '') as MountFigures
}
