// Storybook's development server, without a word to the outside: `npx pnpm@12 storybook`.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

const port = process.env['PORT'] ?? '6006'
const url = `http://localhost:${port}`
const quiet = ['--no-open', '--ci', '--disable-telemetry', '--no-version-updates', '--quiet']

const storybook = spawn(
  'storybook',
  ['dev', '--host', 'localhost', '--port', port, '--exact-port', ...quiet],
  {
    cwd: join(import.meta.dirname, '..'),
    stdio: 'inherit',
  },
)
storybook.once('exit', (code) => process.exit(code ?? 0))
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void storybook.kill(signal))
}
if (await isUp()) console.log(`\n  Storybook  ${url}\n  Ctrl-C stops it.\n`)

/** Whether it answers within a minute. */
async function isUp(): Promise<boolean> {
  for (let second = 0; second < 120; second += 1) {
    await wait(500)
    const answer = await fetch(url).catch(() => null)
    if (answer?.ok === true) return true
  }
  return false
}
