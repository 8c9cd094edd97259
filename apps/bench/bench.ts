// Fluokit and what one would use instead, in a real Chromium, side by side: `npx pnpm@12 bench`. See docs/performance.md.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { installHome } from '../../scripts/examples/homes.ts'
import { layOutPackages } from '../../scripts/examples/lay-out-packages.ts'
import { workspace } from '../../scripts/pack/packages.ts'
import { benchFolder, buildPage, builtPages } from './src/build-pages.ts'
import { checkBench } from './src/check-bench.ts'
import { describeMachine, readVersions } from './src/describe-machine.ts'
import { measureAll, type Measured } from './src/measure/measure-all.ts'
import { readOptions, type BenchOptions } from './src/options.ts'
import { peers } from './src/peers.ts'
import { goalTable } from './src/report/goals.ts'
import { performancePage } from './src/report/page.ts'
import { performancePicture } from './src/report/picture.ts'
import { scenarioTable, titleOf } from './src/report/scenario-table.ts'
import type { Results } from './src/results.ts'
import { startServer } from './src/server/start-server.ts'
import { weighPages } from './src/size/weigh-pages.ts'

/** No run takes longer, whatever hangs. */
const limitMs = 2 * 60 * 60_000

setTimeout(() => {
  console.log('The bench was stopped after two hours.')
  process.exit(1)
}, limitMs).unref()

const options = readOptions(process.argv.slice(2))
if (options.isCheck) {
  await install()
  process.exit(await checkBench())
}
const results = options.from === null ? await measure(options) : readResults(options.from)
keep(results)
for (const name of options.scenarios) {
  console.log(`\n${name}: ${titleOf(name)}\n${scenarioTable(results, name)}`)
}
console.log(`\n${goalTable(results)}`)
if (options.isWriting) {
  writeFileSync(join(workspace, 'docs/performance.md'), performancePage(results))
  writeFileSync(join(workspace, 'docs/pictures/performance.svg'), performancePicture(results))
  console.log('\nWrote docs/performance.md and its picture.')
}
process.exit(0)

function keep(found: Results): void {
  if (options.json !== null) writeFileSync(options.json, `${JSON.stringify(found)}\n`)
}

async function install(): Promise<void> {
  await layOutPackages(join(workspace, 'dist'))
  await installHome(benchFolder)
}

async function measure(asked: BenchOptions): Promise<Results> {
  console.log('Packing, installing and building …')
  await install()
  const chosen = peers.filter(({ name }) => name.startsWith('limit') || asked.peers.includes(name))
  for (const page of new Set(chosen.map((peer) => peer.page)))
    await buildPage(page, asked.trace !== null)
  // The limit of opening is the tree of Fluokit's page, which is read from it.
  await buildPage('fluokit', asked.trace !== null)
  await buildPage('fluokit-virtual', asked.trace !== null)
  const weights = asked.scenarios.includes('F') ? await weighPages(chosen) : []
  const server = await startServer(builtPages)
  try {
    const resultsOf = (measured: Measured): Results => ({
      machine: describeMachine(measured.chromium),
      versions: readVersions(),
      floor: measured.floor,
      loads: measured.loads,
      samples: measured.samples,
      weights,
    })
    const say = (line: string): void => console.log(line)
    // A run that is broken off leaves what it has.
    return resultsOf(await measureAll(server, asked, say, (measured) => keep(resultsOf(measured))))
  } finally {
    await server.close()
  }
}

function readResults(file: string): Results {
  return JSON.parse(readFileSync(file, 'utf8')) as Results
}
