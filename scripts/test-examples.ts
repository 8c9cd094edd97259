// Streams through each of the examples, and through nginx before it: `npx pnpm@12 test:examples`.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSteps } from './consumer/check-steps.ts'
import { copyHomes } from './examples/copy-homes.ts'
import { homes, installHome, type Home } from './examples/homes.ts'
import { layOutPackages } from './examples/lay-out-packages.ts'
import { findNginx } from './examples/start-nginx.ts'
import { testHome } from './examples/test-home.ts'
import { testRuntimes } from './examples/test-runtimes.ts'

const folder = mkdtempSync(join(tmpdir(), 'fluokit-examples-'))
process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => process.exit(130))
}
setTimeout(() => {
  console.log('The examples were stopped after 240 seconds.')
  process.exit(1)
}, 240_000).unref()

const nginx = findNginx()
if (nginx === null && process.env['FLUOKIT_REQUIRE_NGINX'] !== undefined) {
  throw new Error('FLUOKIT_REQUIRE_NGINX is set, and there is no nginx.')
}
const steps = createSteps()
await testExamples()
if (nginx === null) {
  console.log('No nginx was found: nothing was tried behind it. Debian has it as nginx-light.')
}
console.log(`\n${steps.passed} passed, ${steps.failed} failed`)
process.exit(steps.failed > 0 ? 1 : 0)

async function testExamples(): Promise<void> {
  const { step } = steps
  const isPacked = await step('pack, and lay out as the examples expect', async () => {
    await layOutPackages(join(folder, 'dist'))
    copyHomes(folder)
  })
  if (!isPacked) return
  const installed: Home[] = []
  const waiting = [...homes]
  const install = async (): Promise<void> => {
    for (let home = waiting.shift(); home !== undefined; home = waiting.shift()) {
      const place = join(folder, 'examples', home)
      const isInstalled = await step(`${home}: install by its lockfile`, () => installHome(place))
      if (isInstalled) installed.push(home)
    }
  }
  await Promise.all([install(), install()])
  for (const home of homes.filter((name) => installed.includes(name))) {
    await testHome(home, join(folder, 'examples', home), { steps, nginx })
  }
  await testRuntimes(folder, steps)
}
