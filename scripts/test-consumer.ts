// What somebody meets who installs the tarballs and pastes the code of the README and of docs/storybook.md:
// `npx pnpm@12 test:consumer`.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createSteps } from './consumer/check-steps.ts'
import { buildApp, buildStorybook, scanBuild, typeCheck } from './consumer/check-app.ts'
import { installApp, writeApp } from './consumer/make-app.ts'
import { playStories } from './consumer/play-stories.ts'
import { streamApp } from './consumer/stream-app.ts'
import { packPackages } from './pack/pack-packages.ts'
import { workspace } from './pack/packages.ts'

const folder = mkdtempSync(join(tmpdir(), 'fluokit-consumer-'))
const clean = (): void => rmSync(folder, { recursive: true, force: true })
process.once('exit', clean)
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => process.exit(130))
}
setTimeout(() => {
  console.log('The consumer test was stopped after seven minutes.')
  process.exit(1)
}, 420_000).unref()

const steps = createSteps()
await testConsumer(join(folder, 'app'))
console.log(`\n${steps.passed} passed, ${steps.failed} failed`)
process.exit(steps.failed > 0 ? 1 : 0)

/** Step after step; what cannot work without the step before it is left out, and counted as nothing. */
async function testConsumer(app: string): Promise<void> {
  const { step } = steps
  const isInstalled = await step('install the tarballs with plain npm', async () => {
    const tarballs = await packPackages(join(folder, 'packs'))
    const pasted = writeApp(app, readPage, tarballs)
    await installApp(app)
    return `in ${app}, with ${pasted.join(', ')} of the pages`
  })
  if (!isInstalled) return
  const checks = [
    step('types of the newest TypeScript', () => typeCheck(app, 'typescript')),
    step('types of TypeScript 5', () => typeCheck(app, 'typescript-5')),
    step('build with the keys at hand', () => buildApp(app)),
    step('build a Storybook with the keys at hand', () => buildStorybook(app)),
  ]
  const [, , isBuilt, hasStorybook] = await Promise.all(checks)
  if (hasStorybook) await playStories(app, steps)
  if (!isBuilt) return
  await step('no key in scripts, pages and maps', () => `${scanBuild(app)} files read`)
  await streamApp(app, steps)
}

/** A page of the workspace; the first argument of the command stands in for the README. */
function readPage(page: string): string {
  const file = page === 'README.md' ? (process.argv[2] ?? page) : page
  return readFileSync(resolve(workspace, file), 'utf8')
}
