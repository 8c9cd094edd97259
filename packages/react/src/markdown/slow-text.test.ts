import { describe, expect, it } from 'vitest'
import { chunksOf, grownOf } from '../../test/grown-markdown.ts'
import { createReader } from './reader.ts'

const deep: readonly (readonly [string, string])[] = [
  ['quotes', '>'.repeat(10_000)],
  ['quotes with spaces', '> '.repeat(10_000)],
  ['lists', '- '.repeat(10_000)],
  ['numbers', '1. '.repeat(10_000)],
  ['quotes and lists', '> - '.repeat(5_000)],
  ['open brackets', '['.repeat(10_000)],
  ['brackets', `${'['.repeat(10_000)}a${']'.repeat(10_000)}`],
  ['links', `${'['.repeat(10_000)}a${'](u)'.repeat(10_000)}`],
  ['images', '!['.repeat(10_000)],
  ['emphasis', `${'*a '.repeat(10_000)}${'b* '.repeat(10_000)}`],
  ['mixed emphasis', '*a_ '.repeat(10_000)],
  ['stars', '*'.repeat(20_000)],
  ['code', Array.from({ length: 150 }, (_, length) => `${'`'.repeat(length)} a `).join('')],
  ['strikes', '~~a '.repeat(10_000)],
  ['angles', '<'.repeat(10_000)],
  ['entities', '&'.repeat(10_000)],
  ['tags', '<a '.repeat(10_000)],
  ['addresses', 'https://a.a'.repeat(5_000)],
  ['mail', 'mailto:a@'.repeat(5_000)],
  ['pipes', `${'|a'.repeat(5_000)}\n${'|-'.repeat(5_000)}\n${'|\n'.repeat(5_000)}`],
  ['definitions', '[a]: u\n'.repeat(5_000)],
  ['titles', '[a]: u "\n'.repeat(5_000)],
  ['steps', Array.from({ length: 300 }, (_, depth) => `${' '.repeat(2 * depth)}- a\n`).join('')],
  ['parentheses', `[a](${'('.repeat(10_000)}`],
  ['escapes', '\\'.repeat(20_000)],
]

describe('a text that is made to be slow', () => {
  it.each(deep)(
    'of %s is read, and says its words (T33)',
    (_, text) => {
      const reader = createReader()
      for (let cut = 1; cut <= 8; cut += 1) {
        reader.read(chunksOf(text.slice(0, Math.floor((text.length * cut) / 8))), true)
      }
      const blocks = reader.read(chunksOf(`${text}\n\nThe end`), false)

      expect(JSON.stringify(blocks)).toContain('The end')
    },
    20_000,
  )

  it('is shown as the text that it is where it is nested too deeply, and what follows is not', () => {
    const text = `Before\n\n${'>'.repeat(10_000)} deep\n\n# After`

    for (const cuts of [[], [9], [5_000], [20, 10_020]]) {
      expect(grownOf(text, cuts)).toEqual([
        { type: 'paragraph', children: ['Before'] },
        { type: 'plain', text: expect.stringContaining('>> deep') },
        { type: 'heading', level: 1, children: ['After'] },
      ])
    }
  })
})
