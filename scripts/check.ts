// What one runs before a commit: `npx pnpm@12 check`. Formats, then runs all quick checks and the tests of Node and the DOM.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

const steps: readonly (readonly string[])[] = [
  ['oxfmt'],
  ['tsc', '-b'],
  ['oxlint', '--deny-warnings'],
  ['knip'],
  ['vitest', 'run', '--project', 'unit', '--project', 'scripts', '--project', 'dom'],
]

for (const [command = '', ...args] of steps) {
  console.log(`\n> ${[command, ...args].join(' ')}`)
  const { status } = spawnSync(command, args, {
    cwd: join(import.meta.dirname, '..'),
    stdio: 'inherit',
  })
  if (status !== 0) process.exit(status ?? 1)
}
