import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { workspace } from '../pack/packages.ts'

const page = readFileSync(join(workspace, 'docs/accessibility.md'), 'utf8')
const rows = [...page.matchAll(/^\| (\d+) \| (.*) \| (.*) \|$/gm)].map(
  ([, number = '', promise = '', proof = '']) => ({
    number: Number(number),
    promise,
    proof,
    files: [...proof.matchAll(/`([\w.-]+\.test\.tsx?)`/g)].map(([, file = '']) => file),
  }),
)

/** The rows that titles of tests name, by the name of their file. */
const proven = globSync('{packages,apps,scripts,.storybook}/**/*.test.{ts,tsx}', {
  cwd: workspace,
  exclude: (path) => basename(path) === 'node_modules',
}).flatMap((path) =>
  readFileSync(join(workspace, path), 'utf8')
    .split('\n')
    .filter((line) => /['"`].*\(A11y \d/.test(line))
    .flatMap((line) => [...line.matchAll(/\(A11y (\d+)\)/g)])
    .map(([, number]) => ({ file: basename(path), number: Number(number) })),
)

describe('docs/accessibility.md', () => {
  it('has the 36 rows of the checklist', () => {
    expect(rows.map(({ number }) => number)).toEqual(Array.from({ length: 36 }, (_, at) => at + 1))
  })

  it.each(rows)('row $number names the tests that carry its number', (row) => {
    const carriers = proven.filter(({ number }) => number === row.number).map(({ file }) => file)

    expect(carriers).toEqual(expect.arrayContaining(row.files))
    expect(carriers.length > 0, 'whether tests carry it').toBe(row.files.length > 0)
  })

  it('says of a row without tests why it has none', () => {
    const bare = rows.filter(({ files }) => files.length === 0)

    expect(bare.map(({ number }) => number)).toEqual([35])
    expect(bare.filter(({ proof }) => !/^(waits|no machine can): \S/.test(proof))).toEqual([])
  })

  it('has a row for every number that a test carries', () => {
    const numbers = new Set(rows.map(({ number }) => number))

    expect(proven.length).toBeGreaterThan(36)
    expect(proven.filter(({ number }) => !numbers.has(number))).toEqual([])
  })
})
