import fc from 'fast-check'
import MarkdownIt from 'markdown-it'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { chunksOf, grownOf } from '../../test/grown-markdown.ts'
import type { Block } from './nodes.ts'
import { createReader } from './reader.ts'
import { readUnit } from './unit.ts'

afterEach(() => void vi.restoreAllMocks())

/** What the library reads, given the whole text at once. */
function wholeOf(text: string): readonly Block[] {
  const lines = text.split(/\r\n?|\n/)
  if (lines.at(-1) === '') lines.pop()
  const { defined } = readUnit({ lines, joint: null }, new Map())
  const { placed } = readUnit({ lines, joint: null }, defined)
  return placed.map(({ block }) => block)
}

const line = fc.constantFrom(
  '',
  '',
  '',
  'word',
  'more *words* here',
  '  two',
  '   three',
  '    four',
  '     five',
  '\ttab',
  '- item',
  '-',
  '- ',
  '* star',
  '+ plus',
  '  - nested',
  '    - deeper',
  ' - one in',
  '   - three in',
  '1. one',
  '2. two',
  '7) seven',
  '   3. in',
  '1.',
  '- - -',
  '***',
  '---',
  '===',
  '-  x',
  '-      code in item',
  '- [ ] to do',
  '- [x] done',
  '- ```',
  '  ```',
  '```',
  '```ts',
  '~~~',
  '   ~~~',
  '  more',
  '> quote',
  '>',
  '> - q',
  '> > deep',
  '>     code',
  '# one',
  '###### six',
  '#no',
  '  # in',
  '| a | b |',
  '|---|---|',
  '|-|',
  '--|--',
  '- a | b',
  '| 1 | `2` | 3 |',
  'a | b',
  '[a]: /one',
  '[b]:',
  '/two',
  '"title',
  'title"',
  '[a]',
  '[x][b]',
  'text [A] and [c][]',
  '[c]: <x y> "t"',
  '- [b]: /three',
  '> [c]: /four',
  '[d]: /d\r[e]: /e',
  'see [d], [e]',
  '<div>',
  '<!-- x',
  '-->',
  '<pre>',
  '</pre>',
  '**bold',
  'end**',
  '`code',
  'end`',
  'a\\',
  'a  ',
  '&amp; &copy;',
  'https://a.example/x',
  '<https://b.example>',
  '![i](u)',
  '\r',
  'x\ry',
  '[',
  '![1. x',
  '**a [- x',
  '> >***y',
  '*   \t',
  '```a | b',
)
const text = fc
  .tuple(
    fc.array(line, { maxLength: 14 }),
    fc.constantFrom('\n', '\n', '\r\n'),
    fc.constantFrom('', '\n'),
  )
  .map(([lines, end, last]) => lines.join(end) + last)

describe('createReader', () => {
  it('reads the same whatever the cuts, as the library reads the whole', () => {
    fc.assert(
      fc.property(text, fc.array(fc.nat(200), { maxLength: 12 }), (whole, places) => {
        const cuts = [...new Set(places.map((at) => at % (whole.length + 1)))].sort((a, b) => a - b)
        expect(grownOf(whole, cuts)).toEqual(wholeOf(whole))
      }),
      { numRuns: 1000 },
    )
  }, 300_000)

  it('reads the same at every cut', () => {
    fc.assert(
      fc.property(text, (whole) => {
        const cuts = Array.from({ length: whole.length }, (_, at) => at)
        expect(grownOf(whole, cuts)).toEqual(wholeOf(whole))
      }),
      { numRuns: 300 },
    )
  }, 300_000)

  it.each([
    'Result:\n[\n  1,\n  2\n]',
    'See the note\n[1. of the list\n\nmore',
    'text\n![- a\nmore',
    '```a | b\n|---|---|\n\n```\na',
  ])('takes no half-open mark for the end of a block, as in %j', (text) => {
    const cuts = Array.from(text, (_, at) => at)
    expect(grownOf(text, cuts)).toEqual(wholeOf(text))
  })

  it('keeps the blocks that have ended, the very same, while the last one grows', () => {
    const reader = createReader()
    const text = '# One\n\ntext\n\n- a\n- b\n\n| x |\n|---|\n| 1 |\n| 2 |\n\nlast'
    const before = reader.read(chunksOf(text), true)
    const after = reader.read(chunksOf(`${text} grows\n\nand more`), true)

    expect(before).toHaveLength(5)
    expect(after).toHaveLength(6)
    expect(before.slice(0, 4).map((block, index) => block === after[index])).toEqual([
      true,
      true,
      true,
      true,
    ])
  })

  it('keeps the items and rows that have ended while their list or table grows', () => {
    const list = createReader()
    const items = (text: string) => {
      const [block] = list.read(chunksOf(text), true)
      return block?.type === 'list' ? block.items : []
    }
    const table = createReader()
    const rows = (text: string) => {
      const [block] = table.read(chunksOf(text), true)
      return block?.type === 'table' ? block.rows : []
    }
    const [first, second] = items('- a\n- b\n- c')
    const [one] = rows('| x |\n|---|\n| 1 |\n| 2 |\n| 3')

    expect(items('- a\n- b\n- c\n- d').slice(0, 2)).toEqual([first, second])
    expect(items('- a\n- b\n- c\n- d\n- e')[0]).toBe(first)
    expect(rows('| x |\n|---|\n| 1 |\n| 2 |\n| 3 |\n| 4')[0]).toBe(one)
  })

  it('reads no settled text again, however long an answer of many blocks grows', () => {
    const parse = vi.spyOn(MarkdownIt.prototype, 'parse')
    const section = `## A heading\n\nSome **words** in a paragraph of a line.\n\n1. one item\n2. another\n   - nested\n\n\`\`\`ts\nconst code = 1\n\n\`\`\`\n\n| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |\n\n> quoted\n\n`
    const text = section.repeat(Math.ceil(200_000 / section.length))
    const reader = createReader()
    const parsedIn: number[] = []
    let chunks: readonly string[] = []
    const step = 60
    for (let to = 0; to < text.length; to += step) {
      parse.mockClear()
      chunks = [
        ...chunks.slice(0, -1),
        ...chunksOf((chunks.at(-1) ?? '') + text.slice(to, to + step)),
      ]
      reader.read(chunks, true)
      parsedIn.push(parse.mock.calls.reduce((sum, [source]) => sum + source.length, 0))
    }
    const sum = (counts: readonly number[]): number => counts.reduce((all, one) => all + one, 0)
    const tenth = Math.floor(parsedIn.length / 10)

    expect(Math.max(...parsedIn)).toBeLessThan(500)
    expect(sum(parsedIn)).toBeLessThan(4 * text.length)
    expect(sum(parsedIn.slice(-tenth))).toBeLessThan(1.2 * sum(parsedIn.slice(0, tenth)))
  }, 60_000)

  it.each([
    ['list', (index: number) => `- item ${index} with **words**\n`],
    ['ordered list with blank lines', (index: number) => `${index + 1}. item\n\n   more of it\n\n`],
    ['table', (index: number) => (index === 0 ? '| a | b |\n|---|---|\n' : `| ${index} | *x* |\n`)],
    ['block of code', (index: number) => (index === 0 ? '```\n' : `line ${index} of code\n`)],
    ['run of headings', (index: number) => `## heading ${index}\n`],
  ])(
    'reads no settled text again in one %s of 30 kB',
    (_, lineAt) => {
      const parse = vi.spyOn(MarkdownIt.prototype, 'parse')
      const reader = createReader()
      const chunks: string[] = []
      let length = 0
      for (let index = 0; length < 30_000; index += 1) {
        chunks.push(...chunksOf(lineAt(index)))
        length += lineAt(index).length
        reader.read([...chunks], true)
      }
      const parsed = parse.mock.calls.reduce((sum, [source]) => sum + source.length, 0)

      expect(parsed).toBeLessThan(6 * length)
    },
    60_000,
  )

  it('reads one long paragraph a bounded number of times', () => {
    const parse = vi.spyOn(MarkdownIt.prototype, 'parse')
    const text = 'some *words* and `code` '.repeat(4_000)
    const reader = createReader()
    for (let to = 20_000; to < text.length; to += 200) reader.read([text.slice(0, to)], true)
    const parsed = parse.mock.calls.reduce((sum, [source]) => sum + source.length, 0)

    expect(parsed).toBeLessThan(12 * text.length)
    expect(reader.read([text], false)).toEqual(wholeOf(text))
  })

  it('reads only the blocks again that use a definition which comes later', () => {
    const reader = createReader()
    const text = 'See [one].\n\nSee [two].\n\nNothing here.\n\n'
    const before = reader.read(chunksOf(text), true)
    const after = reader.read(chunksOf(`${text}[two]: https://two.example\n\n`), true)

    expect(after.map((block, index) => block === before[index])).toEqual([true, false, true])
    expect(JSON.stringify(after)).toContain('https://two.example/')
  })

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    'takes %s for a label like any other (T32)',
    (label) => {
      expect(JSON.stringify(wholeOf(`[a][${label}]`))).not.toContain('link')
      const link = { type: 'link', href: 'https://a.example/', title: null, children: ['a'] }
      expect(grownOf(`[a][${label}]\n\n[${label}]: https://a.example\n`, [20])).toEqual([
        { type: 'paragraph', children: [link] },
      ])
      expect(({} as Record<string, unknown>)['href']).toBeUndefined()
    },
  )

  it('begins anew where the text is another than it was', () => {
    const reader = createReader()
    reader.read(['# one\n', '\n', 'text'], true)

    expect(reader.read(['# two\n', '\n', 'text'], true)).toEqual(wholeOf('# two\n\ntext'))
  })
})
