import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { readManifest } from './packages.ts'

/** What is wrong with the files of a package as it was packed, a sentence each. */
export function checkContents(folder: string): readonly string[] {
  const files = globSync('**/*.*', { cwd: folder }).sort()
  const all = [...files, ...globSync('*', { cwd: folder })]
  const missing = ['LICENSE', 'README.md', 'dist/index.js', 'dist/index.d.ts', 'src/index.ts']
    .filter((file) => !all.includes(file))
    .map((file) => `${file} is missing`)
  const unwanted = files
    .filter((file) => /\.(test|test-d|stories|spec)\.|__fixtures__|tsbuildinfo|\.env/.test(file))
    .map((file) => `${file} does not belong into a package`)
  const problems = [
    ...missing,
    ...unwanted,
    ...checkManifest(folder, all),
    ...files.flatMap((file) => checkFile(file, folder, all)),
  ]
  return problems.map((problem) => `${basename(folder)}: ${problem}`)
}

function checkManifest(folder: string, files: readonly string[]): readonly string[] {
  const manifest = readManifest(folder)
  const problems: string[] = []
  const ranges = { ...manifest.dependencies, ...manifest.peerDependencies }
  for (const [name, range] of Object.entries(ranges)) {
    if (range.includes(':')) problems.push(`package.json asks for ${name}@${range}`)
  }
  for (const [entry, target] of Object.entries(manifest.exports)) {
    if (entry === './package.json') continue
    if (typeof target === 'string' || Object.keys(target)[0] !== 'types') {
      problems.push(`the entry ${entry} does not name its types first`)
      continue
    }
    for (const path of Object.values(target)) {
      if (!files.includes(path.slice(2)))
        problems.push(`${entry} leads to ${path}, which is not there`)
    }
  }
  return problems
}

function checkFile(file: string, folder: string, files: readonly string[]): readonly string[] {
  const text = readFileSync(join(folder, file), 'utf8')
  const problems: string[] = []
  // Names of canaries in tests, of keys as services give them out, and of keys that were written down.
  if (/canary|\bsk[-_](live|test|proj)?[-_]?\w{12}|FLUO_API_KEY=\S/i.test(text)) {
    problems.push(`${file} holds what looks like a key`)
  }
  if (/^dist\/.*\.js$/.test(file)) problems.push(...checkBuilt(file, text, folder, files))
  if (file.endsWith('.map')) problems.push(...checkMap(file, text, files))
  return problems
}

function checkBuilt(
  file: string,
  text: string,
  folder: string,
  files: readonly string[],
): readonly string[] {
  const stem = file.replace(/^dist\/(.*)\.js$/, 'src/$1')
  const source = [`${stem}.ts`, `${stem}.tsx`].find((name) => files.includes(name))
  if (source === undefined) return [`${file} has no source`]
  const isClient = readFileSync(join(folder, source), 'utf8').startsWith(`'use client'`)
  if (isClient === /^['"]use client['"];?\n/.test(text)) return []
  return [
    isClient ? `${file} lost its 'use client'` : `${file} says 'use client' and ${source} not`,
  ]
}

function checkMap(file: string, text: string, files: readonly string[]): readonly string[] {
  const { sources } = JSON.parse(text) as { readonly sources: readonly string[] }
  return sources
    .map((source) => join(file, '..', source))
    .filter((source) => !files.includes(source))
    .map((source) => `${file} points to ${source}, which is not there`)
}
