import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { workspace } from '../pack/packages.ts'
import { checkBlocks } from './check-blocks.ts'
import { findBrokenLinks } from './find-broken-links.ts'
import { helpers } from './helpers.ts'
import { pages } from './pages.ts'

const read = (page: string): string => readFileSync(join(workspace, page), 'utf8')
const cache = (name: string): string => join(workspace, 'node_modules/.cache', name)

describe('checkBlocks', () => {
  it('finds nothing in the code of the pages', async () => {
    const written = pages.map((page) => ({
      page,
      markdown: read(page),
      helpers: helpers[page] ?? {},
    }))
    const problems = await checkBlocks(written, cache('docs-blocks'))
    expect(problems.map(({ page, line, message }) => `${page}:${line}: ${message}`)).toEqual([])
  }, 70_000)

  it('says on which line of which page a block is wrong', async () => {
    const markdown = [
      'Text',
      '```ts',
      '// one.ts',
      "export { createFluoClient as create } from '@fluokit/core'",
      '```',
      '```tsx',
      "import { create } from './one.ts'",
      '',
      'create({ transport: 1 })',
      '```',
      '```ts',
      "export { missing } from '@fluokit/relay/node'",
      '```',
      '',
    ].join('\n')
    const problems = await checkBlocks([{ page: 'docs/page.md', markdown }], cache('docs-wrong'))
    expect(problems).toMatchObject([
      { page: 'docs/page.md', line: 9, message: expect.stringContaining('TS2322') as string },
      { page: 'docs/page.md', line: 12, message: expect.stringContaining('missing') as string },
    ])
  }, 70_000)
})

describe('findBrokenLinks', () => {
  it.each(pages)('finds nothing in %s', (page) => {
    expect(findBrokenLinks(join(workspace, page), read(page))).toEqual([])
  })

  it.each(pages.filter((page) => page.startsWith('packages/')))(
    'finds no link in %s that leaves its package',
    (page) => {
      const root = page.split('/').slice(0, 2).join('/')
      const targets = [...read(page).matchAll(/\]\(([^)#\s]+)/g)].map(([, target = '']) => target)
      const places = targets
        .filter((target) => !/^[a-z]+:/.test(target))
        .map((target) => join(dirname(page), target).replaceAll('\\', '/'))

      expect(places.filter((place) => !place.startsWith(`${root}/`))).toEqual([])
    },
  )

  it('finds links and pictures that point at nothing, and leaves code alone', () => {
    const markdown = [
      '[here](README.md#see-it-run) [`code`](gone.md) `[no](link.md)` [web](https://fluo.one)',
      '```ts',
      '[no](link.md)',
      '```',
      '![a picture](docs/gone.png "title") <img src="docs/lost.gif">',
      '[a heading](README.md#gone) [another](#neither)',
    ].join('\n')
    expect(findBrokenLinks(join(workspace, 'README.md'), markdown)).toEqual([
      { line: 1, target: 'gone.md' },
      { line: 5, target: 'docs/gone.png' },
      { line: 5, target: 'docs/lost.gif' },
      { line: 6, target: 'README.md#gone' },
      { line: 6, target: '#neither' },
    ])
  })
})
