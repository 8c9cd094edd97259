/** A block of code that a page shows, under the file name in its first line. */
export interface CodeBlock {
  readonly file: string
  readonly code: string
}

/** The `ts` and `tsx` blocks of a Markdown page whose first line is a comment that names a file: `// chat.tsx`. */
export function readBlocks(markdown: string): readonly CodeBlock[] {
  return [...markdown.matchAll(/^```tsx?\n(.*?)^```$/gms)].flatMap(([, code = '']) => {
    const file = /^\/\/ ([\w./-]+\.tsx?)\n/.exec(code)?.[1]
    return file === undefined ? [] : [{ file, code }]
  })
}

/** The block for a file; throws a sentence that says what the page lacks. */
export function blockFor(file: string, blocks: readonly CodeBlock[]): CodeBlock {
  const block = blocks.find((candidate) => candidate.file === file)
  if (block === undefined) {
    throw new Error(`The README shows no block of code that begins with "// ${file}".`)
  }
  return block
}
