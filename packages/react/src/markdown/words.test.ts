import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { wordsOfMarkdown } from './index.ts'

describe('wordsOfMarkdown', () => {
  it.each([
    [
      'signs',
      '# Title\n\nSome **bold**, _soft_, ~~old~~ and `code`.',
      'Title\nSome bold, soft, old and code.',
    ],
    [
      'addresses',
      'See [the policy](https://example.com/a?b=c) or ![a map](https://example.com/m.png).',
      'See the policy or a map.',
    ],
    ['references', 'See [this][1].\n\n[1]: https://example.com/long', 'See this.'],
    ['bullets and numbers', '- one\n- two\n\n3. three\n4. four', 'one\ntwo\n3. three\n4. four'],
    ['tasks', '- [x] done\n- [ ] open', '☑ done\n☐ open'],
    [
      'tables',
      '| name | age |\n| --- | ---: |\n| Ada | 36 |\n| Bob | |',
      'name, age\nAda, 36\nBob',
    ],
    ['code', '```ts\nconst a = 1\n```', 'const a = 1'],
    ['quotes and rules', '> quoted\n\n---\n\nafter', 'quoted\nafter'],
    ['raw HTML, which is text', 'a <b>c</b>', 'a <b>c</b>'],
  ])('says no %s', (_, source, words) => {
    expect(wordsOfMarkdown(source)).toBe(words)
  })

  it('leaves text without Markdown as it is, but for the ends of blocks', () => {
    const word = fc.stringMatching(/^[a-zäöüß]{1,9}$/)
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 20 }), (words) => {
        expect(wordsOfMarkdown(words.join(' '))).toBe(words.join(' '))
      }),
    )
  })

  it('reads whatever it is given', () => {
    const piece = fc.constantFrom(
      '**',
      '`',
      '```\n',
      '[a](',
      '](b)',
      '| a |\n',
      '|-|\n',
      '> ',
      '- ',
      '1. ',
      'word',
      '\n',
      ' ',
      '<b>',
      '![',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        expect(typeof wordsOfMarkdown(pieces.join(''))).toBe('string')
      }),
    )
  })
})
