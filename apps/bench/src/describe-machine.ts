import { readFileSync } from 'node:fs'
import { arch, cpus, platform, release, totalmem } from 'node:os'
import { join } from 'node:path'
import { benchFolder } from './build-pages.ts'
import { peers } from './peers.ts'
import type { Machine } from './results.ts'

/** Where the bench runs. */
export function describeMachine(chromium: string): Machine {
  return {
    date: new Date().toISOString().slice(0, 10),
    system: `${platform()} ${release()} ${arch()}`,
    processor: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    chromium,
    node: process.version,
  }
}

/** The versions that are installed of everything a page is made of. */
export function readVersions(): Readonly<Record<string, string>> {
  const names = ['react', 'react-dom', ...peers.flatMap((peer) => peer.packages)]
  return Object.fromEntries(
    [...new Set(names)].map((name) => {
      const file = join(benchFolder, 'node_modules', name, 'package.json')
      return [name, (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version]
    }),
  )
}
