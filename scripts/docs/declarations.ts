import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { workspace } from '../pack/packages.ts'

/** A type as its source declares it. */
export interface Declaration {
  readonly sentence: string
  /** All behind its name. */
  readonly body: string
}

/** Every exported type of the parts and of what they are made of, by its name. */
export function readDeclarations(): ReadonlyMap<string, Declaration> {
  const files = globSync('packages/{react,core}/src/**/*.{ts,tsx}', { cwd: workspace })
    .filter((file) => !/\.(test|test-d|stories)\./.test(file))
    .sort()
  const found = new Map<string, Declaration>()
  for (const file of files) {
    const source = readFileSync(join(workspace, file), 'utf8')
    for (const [, text, name = '', body = ''] of source.matchAll(declaration)) {
      found.set(name, { sentence: textOf(text), body })
    }
  }
  return found
}

const comment = String.raw`(?:\/\*\*((?:(?!\*\/)[^])*)\*\/\n)?`
const declaration = new RegExp(
  `${comment}export (?:type|interface) (\\w+)\\b([^]*?)\\n(?=\\n|export)`,
  'g',
)

/** The doc comment that stands before a function of this name, as text; null where there is no such function. */
export function sentenceOfFunction(source: string, name: string): string | null {
  const match = new RegExp(`${comment}export function ${name}\\b`).exec(source)
  return match === null ? null : paragraphsOf(match[1])
}

function paragraphsOf(text = ''): string {
  return text
    .split(/^\s*\*\s*$/m)
    .map(textOf)
    .join('\n\n')
}

/** A doc comment without its stars, on one line. */
export function textOf(text: string | undefined): string {
  return (text ?? '')
    .replaceAll(/^\s*\*? ?/gm, '')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/\{@link (\w+)\}/g, '`$1`')
    .replace(/\s*@default (.*?)\s*$/, (_, value: string) => ` Default: ${asCode(value)}.`)
    .trim()
}

function asCode(value: string): string {
  return /^('.*'|[\w.]+)$/.test(value) ? `\`${value}\`` : value
}
