import { globSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '..')
const stories = find('packages/*/src/**/*.stories.tsx')
const chat = read('packages/react/src/chat-thread/default.tsx')
/** All that stories render themselves, and what they share. */
const written = [...stories, ...find('packages/react/test/story-*.tsx')].map(read).join('\n')

/** The names of a door: `ChatThread.Root` and so on. */
const namespaces = find('packages/react/src/*/parts.ts').map((file) => ({
  namespace: found(read(join(dirname(file), 'index.ts')), /export \* as (\w+) from/g)[0] ?? '',
  parts: found(read(file), / as (\w+) \}/g),
}))
const parts = namespaces.flatMap(({ namespace, parts: names }) =>
  names.map((name) => ({ name: `${namespace}.${name}`, tag: `${namespace}\\.?${name}` })),
)

function find(pattern: string): readonly string[] {
  return globSync(pattern, { cwd: root })
}

function read(file: string): string {
  return readFileSync(join(root, file), 'utf8')
}

/** The first group of every match. */
function found(source: string, pattern: RegExp): readonly string[] {
  return [...source.matchAll(pattern)].map(([, group = '']) => group)
}

/** Whether a source renders this part, under its name in the namespace or its flat one. */
function renders(source: string, tag: string): boolean {
  return new RegExp(`<${tag}[\\s/>]`).test(source)
}

/** Every story of a file: its name, the comment right above it, and what it is made of. */
function storiesIn(source: string): readonly { name: string; doc: string; body: string }[] {
  const pattern =
    /(?:\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\n)?export const (\w+): Story = (\{[\s\S]*?\n\})\n/g
  return [...source.matchAll(pattern)].map(([, doc = '', name = '', body = '']) => ({
    name,
    doc,
    body,
  }))
}

const all = stories.flatMap((file) =>
  storiesIn(read(file)).map((story) => ({ ...story, name: `${basename(file)} ${story.name}` })),
)

describe('stories', () => {
  it('are there', () => {
    expect(stories.length).toBeGreaterThanOrEqual(20)
    expect(parts.length).toBeGreaterThan(40)
  })

  it('are all found here', () => {
    const exported = stories.flatMap((file) => found(read(file), /^export const (\w+)/gm))

    expect(all).toHaveLength(exported.length)
  })

  it.each(stories)('are played by scripts, never built by hand: %s', (file) => {
    // The history of a long thread is no state to be shown, and nobody waits for hundreds of answers.
    const source = read(file).replace(/ initialTurns=\{unevenTurns\(\d+\)\}/, '')

    expect(source).not.toMatch(/initialTurns|getState|\bturns\s*:|\bruns\s*:|emptyRun/)
    expect(source).toContain("from '@fluokit/testing'")
  })

  it('fail where axe finds something, unless one says otherwise (A11y 34)', () => {
    const preview = readFileSync(join(root, '.storybook/preview.tsx'), 'utf8')

    expect(preview).toContain("a11y: { test: 'error' }")
  })

  it.each(stories)('never say otherwise, and are all tested (A11y 34): %s', (file) => {
    expect(readFileSync(join(root, file), 'utf8')).not.toMatch(/\ba11y\b|'!test'/)
  })

  it.each(stories)('stay short enough to read: %s', (file) => {
    expect(read(file).split('\n').length).toBeLessThanOrEqual(250)
  })

  it.each(all)('are played, and say what they show: $name', ({ doc, body }) => {
    expect(doc).toMatch(/\w.*\./s)
    expect(body).toMatch(/\n {2}(async )?play[:(]/)
  })

  it('are each about something else', () => {
    const titles = stories.flatMap((file) => found(read(file), /^ {2}title: '(.+)',$/gm))

    expect(titles).toHaveLength(stories.length)
    expect(new Set(titles).size).toBe(titles.length)
  })

  it.each(parts)('show $name', ({ tag }) => {
    expect(renders(written, tag) || renders(chat, tag)).toBe(true)
  })

  it('show these parts in ChatThread.Default only', () => {
    const rest = parts.filter(({ tag }) => !renders(written, tag)).map(({ name }) => name)

    // Each has stories of its own, where it stands among the parts that it works with.
    expect(rest.toSorted()).toEqual([
      'ChatThread.Edit',
      'ChatThread.Retry',
      'Message.Copy',
      'Message.Reuse',
      'Message.Timestamp',
    ])
  })

  it.each(namespaces)('show $namespace without a style', ({ namespace }) => {
    const unstyled = stories
      .map(read)
      .filter((source) => source.includes(`title: '${namespace}',`))
      .flatMap(storiesIn)
      .filter(({ body }) => body.includes('unstyled: true'))

    expect(unstyled.map(({ name }) => name)).toEqual(['Unstyled'])
  })
})
