import { describe, expect, it } from 'vitest'
import {
  idsOf,
  isReason,
  ledgers,
  readPage,
  readRows,
  readTitles,
  titlesOf,
  withProofs,
} from './ledger.ts'

const titles = readTitles()
const proven = new Set(titles.flatMap(({ ids }) => ids))

describe.each(ledgers)('$page', (ledger) => {
  const page = readPage(ledger)
  const rows = readRows(page)

  it('has a row for each name, in order', () => {
    expect(rows.map(({ id }) => id)).toEqual(idsOf(ledger))
  })

  it('names the tests that prove each row (if this fails: npx pnpm@12 docs:ledgers)', () => {
    expect(readRows(withProofs(page, titles))).toEqual(rows)
  })

  it('says why, where a row has no test', () => {
    const unproven = rows.filter(({ id }) => !proven.has(id))
    const silent = unproven.filter(({ proof }) => !isReason(proof))
    expect(silent.map(({ id }) => id)).toEqual([])
  })
})

describe('a title that names rows', () => {
  it('names rows that there are', () => {
    const known = ledgers.flatMap(idsOf)
    const lost = titles.filter(({ ids }) => ids.some((id) => !known.includes(id)))
    expect(lost.map(({ file, title }) => `${file}: ${title}`)).toEqual([])
  })

  it('names three of them at most', () => {
    const greedy = titles.filter(({ ids }) => ids.length > 3)
    expect(greedy.map(({ file, title }) => `${file}: ${title}`)).toEqual([])
  })
})

describe('titlesOf', () => {
  it('finds titles of calls and of cases, and nothing in prose', () => {
    const source = [
      "it('does this (F01)', () => undefined)",
      "  ])(\n    'does %s (F02) (T03)',",
      '  [`a case (T04)`, 1],',
      "// not this 'one (F05)'",
      "it('does that', () => say('text (F1)'))",
      "it('does another (X01)', () => undefined)",
    ].join('\n')

    expect(titlesOf('a.test.ts', source)).toEqual([
      { file: 'a.test.ts', title: 'does this (F01)', ids: ['F01'] },
      { file: 'a.test.ts', title: 'does %s (F02) (T03)', ids: ['F02', 'T03'] },
      { file: 'a.test.ts', title: 'a case (T04)', ids: ['T04'] },
    ])
  })
})

describe('withProofs', () => {
  const row = (proof: string): string => `| F01 | a | b | ${proof} |`

  it('puts tests in the place of a reason, and takes away what no test bears out', () => {
    const title = { file: 'x/a.test.ts', title: 'does (F01) (T01)', ids: ['F01', 'T01'] }

    expect(withProofs(row('waits for the relay (issue 5)'), [title])).toBe(
      row('[a.test.ts](../x/a.test.ts): does'),
    )
    expect(withProofs(row('waits for files'), [])).toBe(row('waits for files'))
    expect(readRows(withProofs(row('[a.test.ts](gone): does'), []))).toEqual([
      { id: 'F01', proof: '' },
    ])
  })
})
