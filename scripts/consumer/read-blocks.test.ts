import { describe, expect, it } from 'vitest'
import { blockFor, readBlocks } from './read-blocks.ts'

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
  '// src/chat.tsx',
  'chat()',
  '```',
  '',
].join('\n')

describe('readBlocks', () => {
  it('finds the blocks that name their file', () => {
    expect(readBlocks(page)).toEqual([
      { file: 'server.ts', code: '// server.ts\nserve()\n' },
      { file: 'src/chat.tsx', code: '// src/chat.tsx\nchat()\n' },
    ])
  })
})

describe('blockFor', () => {
  it('says which block is missing', () => {
    expect(() => blockFor('main.tsx', readBlocks(page))).toThrow('begins with "// main.tsx"')
  })
})
