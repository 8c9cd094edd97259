/** A block of code that a page shows. */
export interface CodeBlock {
  /** The file that its first line names, as in `// chat.tsx`. */
  readonly file: string | null
  readonly language: 'ts' | 'tsx'
  /** The line of the page on which the code begins. */
  readonly line: number
  readonly code: string
}

/** A block that names its file. */
export type NamedBlock = CodeBlock & { readonly file: string }

/** The `ts` and `tsx` blocks of a Markdown page. */
export function readBlocks(markdown: string): readonly CodeBlock[] {
  return [...markdown.matchAll(/^```(tsx?)\n(.*?)^```$/gms)].map((match) => {
    const [, language, code = ''] = match
    return {
      file: /^\/\/ ([\w./-]+\.tsx?)\n/.exec(code)?.[1] ?? null,
      language: language as 'ts' | 'tsx',
      line: markdown.slice(0, match.index).split('\n').length + 1,
      code,
    }
  })
}

/**
 * The blocks of a page that name a file. Throws a sentence that says what the page lacks when one of the files that
 * it must show is not among them.
 */
export function namedBlocks(
  page: string,
  markdown: string,
  files: readonly string[],
): readonly NamedBlock[] {
  const blocks = readBlocks(markdown).filter((block): block is NamedBlock => block.file !== null)
  for (const file of files) {
    if (!blocks.some((block) => block.file === file)) {
      throw new Error(`${page} shows no block of code that begins with "// ${file}".`)
    }
  }
  return blocks
}
