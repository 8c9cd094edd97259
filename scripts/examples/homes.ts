import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { mustRun } from '../pack/run.ts'
import { cleanEnvironment } from '../consumer/clean-environment.ts'

/** The examples, by the names of their folders. */
export const homes = ['node', 'express', 'hono', 'next'] as const

export type Home = (typeof homes)[number]

/** The script of an example's package.json that its README starts. */
export function startScript(home: Home): 'dev' | 'start' {
  return home === 'next' ? 'dev' : 'start'
}

/** The environment in which pnpm runs in a folder that is no part of the workspace. */
export function pnpmEnvironment(): Record<string, string> {
  return cleanEnvironment({ PATH: process.env['PATH'] ?? '', NEXT_TELEMETRY_DISABLED: '1' })
}

/** Installs an example exactly as its lockfile says. */
export async function installHome(folder: string): Promise<void> {
  // What lies in a folder may have changed while nothing in package.json has.
  const args = ['install', '--frozen-lockfile', '--config.optimistic-repeat-install=false']
  await mustRun('pnpm', args, { cwd: folder, env: pnpmEnvironment(), limitMs: 120_000 })
}

/** The last command of a script of an example, as arguments for Node: the one that goes on. */
export function argsOf(folder: string, script: string): readonly string[] {
  const { scripts } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    readonly scripts: Readonly<Record<string, string>>
  }
  const [command = '', ...args] = scripts[script]?.split(' && ').at(-1)?.split(' ') ?? []
  return command === 'node' ? args : [binaries[command] ?? command, ...args]
}

const binaries: Readonly<Record<string, string>> = {
  next: 'node_modules/next/dist/bin/next',
  vite: 'node_modules/vite/bin/vite.js',
}
