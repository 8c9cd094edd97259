import { describe, expect, it } from 'vitest'
import { chunksOf } from '../../test/grown-markdown.ts'
import type { Block } from './nodes.ts'
import { createReader } from './reader.ts'

/** What is shown once the text has come so far, a character at a time: what has ended was cut off on the way. */
function growing(text: string): readonly Block[] {
  const reader = createReader()
  for (let at = 1; at < text.length; at += 1) reader.read(chunksOf(text.slice(0, at)), true)
  return reader.read(chunksOf(text), true)
}

/** A text that stands in the place of one that is half there: both are shown alike. */
function whole(text: string): readonly Block[] {
  return createReader().read(chunksOf(text), false)
}

describe('a text that grows', () => {
  it.each([
    ['**bold', '**bold**'],
    ['a **bold*', 'a **bold**'],
    ['a **bold**', 'a **bold**'],
    ['*a **b', '*a **b***'],
    ['***both', '***both***'],
    ['a ~~b', 'a ~~b~~'],
    ['_a', '_a_'],
    ['an end **', 'an end'],
    ['**a** and `co', '**a** and `co`'],
    ['``a`', '``a``'],
    ['a `', 'a'],
    ['snake_case_name', 'snake\\_case\\_name'],
    ['2 * 3 and 4 * 5', '2 \\* 3 and 4 \\* 5'],
    ['# **h', '# **h**'],
    ['> **q', '> **q**'],
    ['- a\n- **b', '- a\n- **b**'],
    ['a **_', 'a'],
    ['**a** and _**', '**a** and'],
    ['- **_', '- '],
    ['**a \\*', '**a \\***'],
    ['a ~', 'a'],
    ['a ~~b~', 'a ~~b~~'],
    ['| a |\n|---|\n| ~', '| a |\n|---|\n| |'],
    ['about ~5', 'about ~5'],
  ])('shows the marks of %j as what they begin', (half, meant) => {
    expect(growing(half)).toEqual(whole(meant))
  })

  it.each([
    ['a [text', 'a text'],
    ['a [text]', 'a text'],
    ['a [text](', 'a text'],
    ['a [text](https://a.example/x', 'a text'],
    ['a [text](https://a.example "ti', 'a text'],
    ['**a [text](https://a.example', '**a text**'],
    ['an ![image](https://a.example', 'an image'],
    ['a [**', 'a'],
    ['a [**bold*', 'a **bold**'],
    ['a [**bold** te', 'a **bold** te'],
    ['a [`', 'a'],
    ['a [`co', 'a `co`'],
    ['a [with `code` in', 'a with `code` in'],
    ['see https://a.exam', 'see https\\://a.exam'],
    ['see <https://a.exam', 'see https\\://a.exam'],
    ['**see https://a.exam', '**see https\\://a.exam**'],
  ])('shows %j without a live link', (half, meant) => {
    expect(growing(half)).toEqual(whole(meant))
    expect(JSON.stringify(growing(half))).not.toContain('href')
  })

  it.each([
    ['text\n-', 'text'],
    ['text\n--', 'text'],
    ['text\n==', 'text'],
    ['- a\n-', '- a'],
    ['- a\n\n-', '- a'],
    ['1. a\n2', '1. a'],
    ['1. a\n2.', '1. a'],
    ['a\n\n##', 'a'],
    ['a\n\n``', 'a'],
    ['a\n>', 'a'],
    ['- a\n- [', '- a'],
    ['- a\n- [x]', '- a'],
    ['1', ''],
    ['1. a\n\n2', '1. a'],
    ['```', ''],
    ['```ts', ''],
    ['So:\n```ts', 'So:'],
    ['1. a\n   ```sh', '1. a'],
    ['- ```\n  a\n  ', '- ```\n  a\n  ```'],
  ])('leaves the end of %j out until it says what it is', (half, meant) => {
    expect(growing(half)).toEqual(whole(meant))
  })

  it.each([
    ['| a | b', '| a | b |\n|---|---|'],
    ['| a | b |\n', '| a | b |\n|---|---|'],
    ['| a | b |\n|--', '| a | b |\n|---|---|'],
    ['text\n| a | b |\n| :-', 'text\n| a | b |\n|---|---|'],
    ['| a |\n|---|\n| **x', '| a |\n|---|\n| **x** |'],
    ['| a | b |\n|---|---|\n| *x', '| a | b |\n|---|---|\n| *x* | |'],
    ['- x\n\n  | a | b |\n', '- x\n\n  | a | b |\n  |---|---|'],
    ['1. x\n\n   - y\n\n     | a |\n     |-', '1. x\n\n   - y\n\n     | a |\n     |---|'],
    ['- x\n\n  | a |\n  ', '- x\n\n  | a |\n  |---|'],
    ['> | a | b', '> | a | b |\n> |---|---|'],
    ['> x\n>\n> | a |\n> |-', '> x\n>\n> | a |\n> |---|'],
    ['| a |\n|---|\n| 1 |\n| 2 |\n', '| a |\n|---|\n| 1 |\n| 2 |'],
    ['| a |\n|---|\n| 1 |\n| 2 |\n|', '| a |\n|---|\n| 1 |\n| 2 |'],
    ['| a |\n|---|\n| 1 |\n| 2 |\n| ', '| a |\n|---|\n| 1 |\n| 2 |'],
    ['| a |\n|---|\n| 1 |\n| 2 |\n| -', '| a |\n|---|\n| 1 |\n| 2 |\n| - |'],
  ])('shows %j as the table that it begins', (half, meant) => {
    expect(growing(half)).toEqual(whole(meant))
  })

  it.each(['word | other\n', '| a |\n| b |\n', '|'])('does not take %j for a table', (half) => {
    expect(growing(half).map(({ type }) => type)).not.toContain('table')
  })

  it('shows what is behind a fence as code, to the character', () => {
    expect(growing('```ts\na **b\n\n| [c](')).toEqual([
      { type: 'code', language: 'ts', lines: ['a **b', '', '| [c]('], isOpen: true },
    ])
    expect(growing('```ts\na\n``')).toEqual([
      { type: 'code', language: 'ts', lines: ['a'], isOpen: true },
    ])
    expect(growing('- ```\n  a **b')).toEqual(whole('- ```\n  a **b\n  ```'))
    expect(growing('1. a\n   ```sh\n')).toEqual(whole('1. a\n   ```sh\n   ```'))
    expect(growing('    a **b')).toEqual(whole('    a **b'))
  })

  it('shows everything as it is once nothing more comes', () => {
    for (const text of ['**bold', 'a [text](http', '| a | b', 'text\n-', 'a `', 'a &am']) {
      const reader = createReader()
      reader.read([text], true)
      expect(reader.read([text], false)).toEqual(whole(text))
      expect(whole(text)).not.toEqual(growing(text))
    }
  })
})
