import { globSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { markdownForStorybook } from '../../.storybook/markdown-for-storybook.ts'
import { readBlocks } from '../consumer/read-blocks.ts'
import { workspace } from '../pack/packages.ts'
import { pageWithReference, partPages } from './part-pages.ts'
import { readParts } from './part-reference.ts'

const react = join(workspace, 'packages/react')
const docs = globSync('docs/*.md', { cwd: react }).sort()
const read = (file: string): string => readFileSync(join(react, file), 'utf8')
const sections = ['Anatomy', 'Parts', 'Keyboard', 'Accessibility', 'Words']

describe('partPages', () => {
  it('has a page for every room of parts', () => {
    const rooms = globSync('src/*/parts.ts', { cwd: react }).map((door) => basename(dirname(door)))

    expect(partPages.map(({ room }) => room).sort()).toEqual(rooms.sort())
  })

  it.each(partPages)(
    '$namespace says what its doc comments say: npx pnpm@12 docs:parts',
    (page) => {
      expect(readFileSync(page.file, 'utf8')).toBe(pageWithReference(page))
    },
  )

  it.each(partPages)('$namespace has every section, in order', ({ namespace, file }) => {
    const page = readFileSync(file, 'utf8')
    const headings = [...page.matchAll(/^## (.*)$/gm)].map(([, heading = '']) => heading)

    expect(page).toMatch(
      new RegExp(`^# ${namespace}\\n\\n\\w[^]*?\\n\\n## Anatomy\\n\\n\`\`\`tsx\\n`),
    )
    expect(headings.slice(0, sections.length)).toEqual(sections)
    expect(headings.slice(sections.length)).not.toEqual([])
    expect(headings.slice(sections.length).filter((name) => !name.startsWith('Recipe: '))).toEqual(
      [],
    )
  })

  it.each(partPages)('$namespace shows each of its parts in its anatomy', ({ file, ...page }) => {
    const [anatomy = ''] = readFileSync(file, 'utf8').split('## Parts')
    const parts = readParts(page.namespace, page.folder).map(({ name }) => name)

    expect(parts.filter((name) => !anatomy.includes(name))).toEqual([])
  })
})

describe('markdownForStorybook', () => {
  it.each(partPages)('of $namespace has no marks, no title and no links to files', ({ file }) => {
    const shown = markdownForStorybook(readFileSync(file, 'utf8'))

    expect(shown).toContain('## Anatomy')
    expect(shown).not.toMatch(/<!--|^# |\]\((?!\?path=\/docs\/[a-z]+--docs\))/m)
  })
})

const parts = partPages.flatMap(({ namespace, folder }) => readParts(namespace, folder))

describe('the doc comments', () => {
  it.each(parts)('of $name say what it is and what its props mean', ({ sentence, props }) => {
    expect(sentence).not.toBe('')
    expect(props.filter((prop) => prop.sentence === '').map(({ name }) => name)).toEqual([])
  })

  it.each(parts)('of $name name its data attributes', ({ attributes, states }) => {
    const missing = states.filter(({ attribute }) => !attributes.includes(`\`${attribute}\``))

    expect(missing).toEqual([])
  })

  it('tell of props that come from shared options', () => {
    const propsOf = (part: string): readonly string[] =>
      parts.find(({ name }) => name === part)?.props.map(({ name }) => name) ?? []

    expect(propsOf('ToolCall.Root')).toEqual([
      'tool',
      'children',
      'open',
      'defaultOpen',
      'onOpenChange',
    ])
    expect(propsOf('Composer.Root')).toContain('onSend')
    expect(propsOf('ChatThread.Root')).toEqual(expect.arrayContaining(['thread', 'threadKey']))
  })
})

describe('the pages of a package', () => {
  it.each(docs)('%s leads nowhere that is not in the package', (file) => {
    const targets = [...read(file).matchAll(/\]\(([^)]+)\)/g)].map(([, target = '']) => target)

    expect(targets.filter((target) => !/^([\w-]+\.md)?(#.*)?$/.test(target))).toEqual([])
  })

  it('are all in the index, and the README leads to it', () => {
    const index = read('docs/README.md')
    const others = docs.map((file) => basename(file)).filter((file) => file !== 'README.md')

    expect(others.filter((file) => !index.includes(`(${file})`))).toEqual([])
    expect(read('README.md')).toContain('(docs/README.md)')
  })

  it.each(['chat.tsx', 'chat.test.tsx'])('testing.md shows the %s that runs', (file) => {
    const block = readBlocks(read('docs/testing.md')).find((shown) => shown.file === file)

    expect(block?.code).toBe(read(`test/docs/${file}`))
  })
})
