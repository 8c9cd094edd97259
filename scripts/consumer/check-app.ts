import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { mustRun } from '../pack/run.ts'
import { cleanEnvironment } from './clean-environment.ts'
import { secrets } from './make-app.ts'

/** Runs a program of the application's own node_modules, and throws what it printed if it fails. */
async function runOwn(app: string, script: string, args: readonly string[]): Promise<string> {
  const env = cleanEnvironment(secrets)
  return mustRun(process.execPath, [join('node_modules', script), ...args], { cwd: app, env })
}

/** Type-checks the pasted code and every declaration it reaches with one of the two compilers. Returns its version. */
export async function typeCheck(
  app: string,
  compiler: 'typescript' | 'typescript-5',
): Promise<string> {
  const tsc = `${compiler}/bin/tsc`
  const projects = ['tsconfig.json', 'tsconfig.server.json', 'tsconfig.vite.json']
  await Promise.all(projects.map((project) => runOwn(app, tsc, ['-p', project])))
  return (await runOwn(app, tsc, ['--version'])).trim()
}

/** Builds both pages with the keys at hand, in the environment and in `.env`. */
export async function buildApp(app: string): Promise<void> {
  const args = ['build', '--sourcemap', '--logLevel', 'warn']
  await Promise.all([
    runOwn(app, 'vite/bin/vite.js', args),
    runOwn(app, 'vite/bin/vite.js', [...args, '--config', 'own.config.ts']),
  ])
}

/** Builds the Storybook into `storybook-static`, with the keys at hand as well. */
export async function buildStorybook(app: string): Promise<void> {
  const args = ['build', '--quiet', '--disable-telemetry', '--output-dir', 'storybook-static']
  await runOwn(app, 'storybook/dist/bin/dispatcher.js', args)
}

/** Looks for the keys in all that was built. Returns how many files it read; throws where it found one. */
export function scanBuild(app: string): number {
  const files = globSync('{dist,dist-own,storybook-static}/**/*.*', { cwd: app })
  for (const ending of ['.js', '.html', '.map']) {
    if (!files.some((file) => file.endsWith(ending))) throw new Error(`The build made no ${ending}`)
  }
  for (const file of files) refuseSecrets(file, readFileSync(join(app, file), 'utf8'))
  return files.length
}

/** Throws when a text that a browser gets holds a key. */
export function refuseSecrets(where: string, text: string): void {
  for (const [name, value] of Object.entries(secrets)) {
    if (text.includes(value)) throw new Error(`${where} holds ${name}`)
  }
}
