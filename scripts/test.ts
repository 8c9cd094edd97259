// Everything that must be true before a commit, in one command: `npx pnpm@12 test`.
// Ends with a line `N passed, N failed[, N skipped]` that counts the checks and every test.
import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { noRedis, noRedisServer } from '../packages/relay/src/run-log/__fixtures__/test-redis.ts'
import { launchOptions } from './browser.ts'

const root = join(import.meta.dirname, '..')
const report = join(root, 'node_modules/.cache/fluokit-tests.json')

interface Outcome {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

const hasBrowser = findBrowser()
const checks = await Promise.all([
  check('types', 'tsc', ['-b']),
  check('lint', 'oxlint', ['--deny-warnings']),
  check('format', 'oxfmt', ['--check']),
  check('size', process.execPath, ['scripts/size.ts']),
])
const tests = await runTests()
const browserSuites = { passed: 0, failed: 0, skipped: hasBrowser ? 0 : 3 }
const total = [...checks, tests, browserSuites].reduce(add)
if (!hasBrowser) {
  console.log(
    'No Chromium was found: the suites "browser", "storybook" and "e2e" were skipped. To run them: npx pnpm@12 exec playwright install chromium',
  )
}
if (noRedis !== null || noRedisServer !== null) {
  console.log(`Tests of @fluokit/relay/redis were skipped: ${noRedis ?? noRedisServer}.`)
}
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : ''
console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`)
process.exitCode = total.failed > 0 ? 1 : 0

function findBrowser(): boolean {
  try {
    launchOptions()
    return true
  } catch (thrown) {
    if (process.env['FLUOKIT_REQUIRE_BROWSER'] !== undefined) throw thrown
    return false
  }
}

/** Runs a check to its end and shows what it printed only when it failed. */
async function check(name: string, command: string, args: readonly string[]): Promise<Outcome> {
  const start = performance.now()
  const { code, output } = await run(command, args, 'collect')
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  if (code !== 0 || name === 'size') console.log(output.trim())
  console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`)
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 }
}

async function runTests(): Promise<Outcome> {
  mkdirSync(join(root, 'node_modules/.cache'), { recursive: true })
  rmSync(report, { force: true })
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const { code } = await run('vitest', args, 'show')
  const counted = readReport()
  const isUncounted = code !== 0 && counted.failed === 0
  return add(counted, { passed: 0, failed: isUncounted ? 1 : 0, skipped: 0 })
}

function readReport(): Outcome {
  try {
    const json = JSON.parse(readFileSync(report, 'utf8')) as Record<string, number>
    return {
      passed: json['numPassedTests'] ?? 0,
      failed: json['numFailedTests'] ?? 0,
      skipped: (json['numPendingTests'] ?? 0) + (json['numTodoTests'] ?? 0),
    }
  } catch {
    return { passed: 0, failed: 1, skipped: 0 } // no report: the runner itself broke
  }
}

function add(one: Outcome, other: Outcome): Outcome {
  return {
    passed: one.passed + other.passed,
    failed: one.failed + other.failed,
    skipped: one.skipped + other.skipped,
  }
}

function run(
  command: string,
  args: readonly string[],
  how: 'collect' | 'show',
): Promise<{ code: number; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...(!hasBrowser && { FLUOKIT_NO_BROWSER: '1' }) },
      stdio: ['ignore', how === 'show' ? 'inherit' : 'pipe', how === 'show' ? 'inherit' : 'pipe'],
    })
    let output = ''
    child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.once('error', reject)
    child.once('close', (code) => resolve({ code: code ?? 1, output }))
  })
}
