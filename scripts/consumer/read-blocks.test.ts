import { describe, expect, it } from 'vitest'
import { namedBlocks, readBlocks } from './read-blocks.ts'

const page = [
  'Text',
  '```ts',
  '// server.ts',
  'serve()',
  '```',
  '```sh',
  '// not.ts',
  '```',
  '```tsx',
  'const nameless = 1',
  '```',
  '```tsx',
  '// .storybook/preview.tsx',
  'preview()',
  '```',
  '',
].join('\n')

describe('readBlocks', () => {
  it('finds the blocks of TypeScript, with their lines and the files that they name', () => {
    expect(readBlocks(page)).toEqual([
      { file: 'server.ts', language: 'ts', line: 3, code: '// server.ts\nserve()\n' },
      { file: null, language: 'tsx', line: 10, code: 'const nameless = 1\n' },
      {
        file: '.storybook/preview.tsx',
        language: 'tsx',
        line: 13,
        code: '// .storybook/preview.tsx\npreview()\n',
      },
    ])
  })
})

describe('namedBlocks', () => {
  it('leaves out what names no file', () => {
    const files = namedBlocks('README.md', page, ['server.ts']).map(({ file }) => file)
    expect(files).toEqual(['server.ts', '.storybook/preview.tsx'])
  })

  it('says which block is missing', () => {
    expect(() => namedBlocks('README.md', page, ['main.tsx'])).toThrow(
      'README.md shows no block of code that begins with "// main.tsx"',
    )
  })
})
