import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { workspace } from '../pack/packages.ts'

/** The page of faults. */
export const faultPage: string = join(workspace, 'docs/faults.md')

/** A title of a test that names faults. */
export interface FaultTitle {
  readonly file: string
  readonly title: string
  readonly ids: readonly string[]
}

/** The titles in the tests of the workspace that end with the names of faults: `… (F01) (F02)`. */
export function readFaultTitles(): readonly FaultTitle[] {
  return globSync(
    [
      'packages/*/src/**/*.test.{ts,tsx}',
      'apps/*/{src,server,e2e}/**/*.test.{ts,tsx}',
      'scripts/soak/*.test.ts',
    ],
    {
      cwd: workspace,
    },
  )
    .map((file) => file.replaceAll('\\', '/'))
    .sort()
    .flatMap((file) => faultTitlesOf(file, readFileSync(join(workspace, file), 'utf8')))
}

/** The titles of one file. A title is text that a call or a row of cases begins with. */
export function faultTitlesOf(file: string, source: string): readonly FaultTitle[] {
  return [
    ...source.matchAll(/[([]\s*(['"`])((?:\\.|(?!\1)[^\\\n])*\(F\d\d\)(?:\\.|(?!\1)[^\\\n])*)\1/g),
  ].map(([, , title = '']) => ({
    file,
    title,
    ids: [...title.matchAll(/\((F\d\d)\)/g)].map(([, id = '']) => id),
  }))
}

/** A row of the page. */
export interface FaultRow {
  readonly id: string
  readonly proof: string
}

/** The rows of the page, in its order. */
export function readFaultRows(markdown: string): readonly FaultRow[] {
  return [...markdown.matchAll(rowPattern)].map(([, , id = '', proof = '']) => ({
    id,
    proof: proof.trim(),
  }))
}

const rowPattern = /^(\| (F\d\d) \|[^|\n]*\|[^|\n]*\|)([^|\n]*)\|$/gm

/** The page as it should be: rows with tests name them, the others keep their reason. */
export function withProofs(markdown: string, titles: readonly FaultTitle[]): string {
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

function linkOf({ file, title }: FaultTitle): string {
  const said = title
    .replaceAll(/ \(F\d\d\)/g, '')
    .replaceAll(/\\(.)/g, '$1')
    .replaceAll('|', '&#124;')
    .replaceAll(/([<>[\]])/g, '\\$1')
  return `[${file.split('/').at(-1)}](../${file}): ${said}`
}
