import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { run } from './run.ts'

interface Surroundings {
  readonly name: string
  readonly lib: string
  readonly types: string
  readonly entries: readonly string[]
}

const surroundings: readonly Surroundings[] = [
  {
    name: 'core in a worker, without DOM',
    lib: 'ES2023,WebWorker',
    types: '',
    entries: [
      '@fluokit/core',
      '@fluokit/core/indexed-db',
      '@fluokit/core/uploads',
      '@fluokit/core/wire',
    ],
  },
  {
    name: 'relay in Node, without DOM',
    lib: 'ES2023',
    types: 'node',
    entries: [
      '@fluokit/core/wire',
      '@fluokit/relay',
      '@fluokit/relay/node',
      '@fluokit/relay/redis',
    ],
  },
  {
    name: 'relay in a worker, without DOM',
    lib: 'ES2023,WebWorker',
    types: '',
    entries: ['@fluokit/relay'],
  },
]

/** Reads the declarations of the packages unpacked in a folder where there is no DOM. Returns what tsc objects to. */
export async function checkTypes(folder: string): Promise<readonly string[]> {
  const problems: string[] = []
  for (const [index, { name, lib, types, entries }] of surroundings.entries()) {
    const file = `without-dom-${index}.ts`
    const lines = entries.map((entry, at) => `export * as entry${at} from '${entry}'\n`)
    writeFileSync(join(folder, file), lines.join(''))
    const options = ['--noEmit', '--strict', '--skipLibCheck', 'false', '--target', 'ES2022']
    const places = ['--module', 'NodeNext', '--lib', lib, '--types', types]
    const { code, output } = await run('tsc', [...options, ...places, file], { cwd: folder })
    if (code !== 0) problems.push(`${name}: ${output.trim()}`)
  }
  return problems
}
