import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { checkContents } from './check-contents.ts'

const entry = { types: './dist/index.d.ts', default: './dist/index.js' }
const manifest = {
  name: '@fluokit/core',
  version: '1.0.0',
  exports: { '.': entry },
  sideEffects: false,
}
const map = JSON.stringify({ sources: ['../src/index.ts'] })

const sound: Readonly<Record<string, string>> = {
  LICENSE: 'MIT',
  'README.md': '# core',
  'package.json': JSON.stringify(manifest),
  'src/index.ts': `'use client'\nexport const one = 1\n`,
  'dist/index.js': `'use client';\nexport const one = 1;\n`,
  'dist/index.js.map': map,
  'dist/index.d.ts': 'export declare const one = 1;\n',
}

function problemsOf(changes: Readonly<Record<string, string | null>>): readonly string[] {
  const temporary = mkdtempSync(join(tmpdir(), 'fluokit-contents-'))
  onTestFinished(() => rmSync(temporary, { recursive: true, force: true }))
  const folder = join(temporary, 'core')
  for (const [file, text] of Object.entries({ ...sound, ...changes })) {
    if (text === null) continue
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), text)
  }
  return checkContents(folder)
}

describe('checkContents', () => {
  it('has nothing to say of a sound package', () => {
    expect(problemsOf({})).toEqual([])
  })

  it.each([
    [{ 'README.md': null }, 'core: README.md is missing'],
    [{ LICENSE: null }, 'core: LICENSE is missing'],
    [{ 'src/one.test.ts': '' }, 'core: src/one.test.ts does not belong into a package'],
    [{ 'src/__fixtures__/a.ts': '' }, 'core: src/__fixtures__/a.ts does not belong into a package'],
    [{ 'src/one.stories.tsx': '' }, 'core: src/one.stories.tsx does not belong into a package'],
    [{ 'dist/a.tsbuildinfo': '' }, 'core: dist/a.tsbuildinfo does not belong into a package'],
    [{ 'dist/index.js': 'export const one = 1;\n' }, `core: dist/index.js lost its 'use client'`],
    [{ 'dist/old.js': '' }, 'core: dist/old.js has no source'],
    [{ 'src/index.ts': '// sk-canary-1' }, 'core: src/index.ts holds what looks like a key'],
    [
      { 'dist/index.js.map': map.replace('index.ts', 'gone.ts') },
      'core: dist/index.js.map points to src/gone.ts, which is not there',
    ],
    [
      {
        'package.json': JSON.stringify({
          ...manifest,
          dependencies: { '@fluokit/testing': 'workspace:^' },
        }),
      },
      'core: package.json asks for @fluokit/testing@workspace:^',
    ],
    [
      { 'package.json': JSON.stringify({ ...manifest, exports: { '.': './src/index.ts' } }) },
      'core: the entry . does not name its types first',
    ],
    [
      {
        'package.json': JSON.stringify({
          ...manifest,
          exports: { '.': entry, './wire': { types: './dist/wire.d.ts' } },
        }),
      },
      'core: ./wire leads to ./dist/wire.d.ts, which is not there',
    ],
  ])('does not let a package pass that has %j (T03)', (changes, problem) => {
    expect(problemsOf(changes)).toContain(problem)
  })
})
