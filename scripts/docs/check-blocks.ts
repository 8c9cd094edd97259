import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { readBlocks, type CodeBlock } from '../consumer/read-blocks.ts'
import { folderOf, packageNames, readManifest, workspace } from '../pack/packages.ts'
import { run } from '../pack/run.ts'

/** A page, and what its code takes from an application that it does not show. */
export interface Page {
  /** Its name, relative to the workspace. */
  readonly page: string
  readonly markdown: string
  readonly helpers?: Readonly<Record<string, string>>
}

/** What the compiler objects to, at a line of a page. */
export interface BlockProblem {
  readonly page: string
  readonly line: number
  readonly message: string
}

interface Placed extends CodeBlock {
  readonly page: string
  /** Where it was written, relative to the folder of all. */
  readonly path: string
}

/**
 * Type-checks the `ts` and `tsx` blocks of pages against the sources of the workspace: the blocks of a page together,
 * those that name a file under that name. Mistakes in the sources themselves are left to `tsc -b`.
 */
export async function checkBlocks(
  pages: readonly Page[],
  folder: string,
): Promise<readonly BlockProblem[]> {
  rmSync(folder, { recursive: true, force: true })
  const blocks = pages.flatMap(placeBlocks)
  const extras = pages.flatMap(({ page, helpers = {} }) =>
    Object.entries(helpers).map(([file, code]) => ({ path: join(folderFor(page), file), code })),
  )
  for (const { path, code } of [...blocks, ...extras]) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), code)
  }
  const files = [...blocks, ...extras].map(({ path }) => path)
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config(folder, files), null, 2))
  const tsc = join(workspace, 'node_modules/typescript/bin/tsc')
  const args = [tsc, '-p', 'tsconfig.json', '--pretty', 'false']
  const { code, output } = await run(process.execPath, args, { cwd: folder, limitMs: 60_000 })
  return code === 0 ? [] : readProblems(output, blocks)
}

/** Throws when nothing that the compiler said could be read: then it has not checked. */
function readProblems(output: string, blocks: readonly Placed[]): readonly BlockProblem[] {
  const said = [...output.matchAll(/^(\S.*?)\((\d+),\d+\): (error .*)$/gm)]
  if (said.length === 0 || /^error /m.test(output)) throw new Error(`tsc failed:\n${output}`)
  return said.flatMap(([, path = '', line, message = '']) => {
    const block = blocks.find((candidate) => candidate.path === path.replaceAll('\\', '/'))
    return block === undefined
      ? []
      : [{ page: block.page, line: block.line + Number(line) - 1, message }]
  })
}

function placeBlocks({ page, markdown }: Page): readonly Placed[] {
  const names = new Set<string>()
  return readBlocks(markdown).map((block, index) => {
    const name = block.file ?? `block-${index + 1}.${block.language}`
    if (names.has(name)) throw new Error(`${page}:${block.line}: a second block is ${name}`)
    names.add(name)
    return { ...block, page, path: `${folderFor(page)}/${name}` }
  })
}

function folderFor(page: string): string {
  return page.replaceAll(/[/\\]/g, '-').replace(/\.md$/, '')
}

function config(folder: string, files: readonly string[]): unknown {
  return {
    extends: relative(folder, join(workspace, 'tsconfig.base.json')),
    compilerOptions: {
      composite: false,
      declaration: false,
      emitDeclarationOnly: false,
      isolatedDeclarations: false,
      rewriteRelativeImportExtensions: false,
      allowImportingTsExtensions: true,
      noEmit: true,
      noUncheckedSideEffectImports: true,
      types: ['node', 'vite/client'],
      paths: Object.fromEntries(packageNames.flatMap(sourceEntries)),
    },
    files,
  }
}

function sourceEntries(name: (typeof packageNames)[number]): readonly [string, string[]][] {
  const manifest = readManifest(folderOf(name))
  return Object.entries(manifest.exports).flatMap(([entry, target]) => {
    const source = typeof target === 'string' ? target : target['types']
    return source === undefined
      ? []
      : [[manifest.name + entry.slice(1), [join(folderOf(name), source)]]]
  })
}
