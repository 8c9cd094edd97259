import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { workspace } from '../pack/packages.ts'

/** A page of numbered rows, each of which a test proves or says why none does. */
export interface Ledger {
  /** Relative to the workspace. */
  readonly page: string
  /** What the names of its rows begin with, as in F01. */
  readonly letter: 'F' | 'T'
  readonly count: number
}

/** The pages there are. */
export const ledgers: readonly Ledger[] = [
  { page: 'docs/faults.md', letter: 'F', count: 80 },
  { page: 'docs/threats.md', letter: 'T', count: 38 },
]

/** A title of a test that names rows. */
export interface ProofTitle {
  readonly file: string
  readonly title: string
  readonly ids: readonly string[]
}

/** The titles in the tests of the workspace that end with the names of rows: `… (F01) (T02)`. */
export function readTitles(): readonly ProofTitle[] {
  return globSync(
    [
      'packages/*/src/**/*.test.{ts,tsx}',
      'apps/*/{src,server,e2e}/**/*.test.{ts,tsx}',
      'scripts/{check-fluo,consumer,pack,soak}/*.test.ts',
    ],
    {
      cwd: workspace,
    },
  )
    .map((file) => file.replaceAll('\\', '/'))
    .sort()
    .flatMap((file) => titlesOf(file, readFileSync(join(workspace, file), 'utf8')))
}

/** The titles of one file. A title is text that a call or a row of cases begins with. */
export function titlesOf(file: string, source: string): readonly ProofTitle[] {
  return [
    ...source.matchAll(
      /[([]\s*(['"`])((?:\\.|(?!\1)[^\\\n])*\([FT]\d\d\)(?:\\.|(?!\1)[^\\\n])*)\1/g,
    ),
  ].map(([, , title = '']) => ({
    file,
    title,
    ids: [...title.matchAll(/\(([FT]\d\d)\)/g)].map(([, id = '']) => id),
  }))
}

/** The names of all rows that a page should have, in order. */
export function idsOf({ letter, count }: Ledger): readonly string[] {
  return Array.from(
    { length: count },
    (_, index) => `${letter}${String(index + 1).padStart(2, '0')}`,
  )
}

/** The text of a page. */
export function readPage({ page }: Ledger): string {
  return readFileSync(join(workspace, page), 'utf8')
}

/** A row of a page. */
export interface LedgerRow {
  readonly id: string
  readonly proof: string
}

/** The rows of a page, in its order. */
export function readRows(markdown: string): readonly LedgerRow[] {
  return [...markdown.matchAll(rowPattern)].map(([, , id = '', proof = '']) => ({
    id,
    proof: proof.trim(),
  }))
}

const rowPattern = /^(\| ([FT]\d\d) \|[^|\n]*\|[^|\n]*\|)([^|\n]*)\|$/gm

/** The page as it should be: rows with tests name them, the others keep their reason. */
export function withProofs(markdown: string, titles: readonly ProofTitle[]): string {
  return markdown.replaceAll(rowPattern, (_, row: string, id: string, reason: string) => {
    const proofs = titles.filter(({ ids }) => ids.includes(id)).map(linkOf)
    const kept = isReason(reason) ? ` ${reason.trim()} ` : ' '
    return `${row}${proofs.length === 0 ? kept : ` ${proofs.join('; ')} `}|`
  })
}

/** Why a row has no test. */
export function isReason(proof: string): boolean {
  return /^(waits for |out of reach: )/.test(proof.trim())
}

function linkOf({ file, title }: ProofTitle): string {
  const said = title
    .replaceAll(/ \([FT]\d\d\)/g, '')
    .replaceAll(/\\(.)/g, '$1')
    .replaceAll('|', '&#124;')
    .replaceAll(/([<>[\]])/g, '\\$1')
  return `[${file.split('/').at(-1)}](../${file}): ${said}`
}
