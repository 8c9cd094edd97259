import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  faultPage,
  faultTitlesOf,
  isReason,
  readFaultRows,
  readFaultTitles,
  withProofs,
} from './fault-page.ts'

const page = readFileSync(faultPage, 'utf8')
const rows = readFaultRows(page)
const titles = readFaultTitles()

describe('docs/faults.md', () => {
  it('has a row for each of the 80 faults, in order', () => {
    const all = Array.from({ length: 80 }, (_, index) => `F${String(index + 1).padStart(2, '0')}`)
    expect(rows.map(({ id }) => id)).toEqual(all)
  })

  it('names the tests that prove each row (if this fails: npx pnpm@12 docs:faults)', () => {
    expect(readFaultRows(withProofs(page, titles))).toEqual(rows)
  })

  it('says why, where a row has no test', () => {
    const proven = new Set(titles.flatMap(({ ids }) => ids))
    const unproven = rows.filter(({ id }) => !proven.has(id))
    const silent = unproven.filter(({ proof }) => !isReason(proof))
    expect(silent.map(({ id }) => id)).toEqual([])
  })

  it('has a row for each fault that a title names', () => {
    const known = rows.map(({ id }) => id)
    const lost = titles.filter(({ ids }) => ids.some((id) => !known.includes(id)))
    expect(lost.map(({ file, title }) => `${file}: ${title}`)).toEqual([])
  })

  it('has no test that serves more than three rows', () => {
    const greedy = titles.filter(({ ids }) => ids.length > 3)
    expect(greedy.map(({ file, title }) => `${file}: ${title}`)).toEqual([])
  })
})

describe('faultTitlesOf', () => {
  it('finds titles of calls and of cases, and nothing in prose', () => {
    const source = [
      "it('does this (F01)', () => undefined)",
      "  ])(\n    'does %s (F02) (F03)',",
      '  [`a case (F04)`, 1],',
      "// not this 'one (F05)'",
      "it('does that', () => say('text (F1)'))",
    ].join('\n')

    expect(faultTitlesOf('a.test.ts', source)).toEqual([
      { file: 'a.test.ts', title: 'does this (F01)', ids: ['F01'] },
      { file: 'a.test.ts', title: 'does %s (F02) (F03)', ids: ['F02', 'F03'] },
      { file: 'a.test.ts', title: 'a case (F04)', ids: ['F04'] },
    ])
  })
})

describe('withProofs', () => {
  const row = (proof: string): string => `| F01 | a | b | ${proof} |`

  it('puts tests in the place of a reason, and takes away what no test bears out', () => {
    const title = { file: 'x/a.test.ts', title: 'does (F01)', ids: ['F01'] }

    expect(withProofs(row('waits for the relay (issue 5)'), [title])).toBe(
      row('[a.test.ts](../x/a.test.ts): does'),
    )
    expect(withProofs(row('waits for files'), [])).toBe(row('waits for files'))
    expect(readFaultRows(withProofs(row('[a.test.ts](gone): does'), []))).toEqual([
      { id: 'F01', proof: '' },
    ])
  })
})
