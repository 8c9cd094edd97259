import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What the doc comments of one part say. */
export interface PartFacts {
  /** As people write it: `Composer.Send`. */
  readonly name: string
  readonly sentence: string
  /** The element it renders, or null for an iterator. */
  readonly element: string | null
  /** What its state shows in the DOM, in the words of the state's doc comment. */
  readonly attributes: string
  /** The attributes that its state has, by the rule of `dataAttributes`. */
  readonly attributeNames: readonly string[]
  readonly props: readonly PropFacts[]
}

export interface PropFacts {
  readonly name: string
  readonly type: string
  readonly sentence: string
}

/** The parts of a room in the order of its door, `parts.ts`. */
export function readParts(namespace: string, folder: string): readonly PartFacts[] {
  const door = readFileSync(join(folder, 'parts.ts'), 'utf8')
  const names = [...door.matchAll(/export \{ (\w+) as (\w+) \} from '\.\/([\w.-]+)'/g)]
  return names.map(([, full = '', short = '', file = '']) =>
    readPart(`${namespace}.${short}`, full, readFileSync(join(folder, file), 'utf8')),
  )
}

function readPart(name: string, full: string, source: string): PartFacts {
  const state = new RegExp(`${comment}export type ${full}State =([^]*?)\\n(?=\\n|export)`).exec(
    source,
  )
  const ownProps = new RegExp(
    `export (?:type|interface) ${full}Props\\b([^]*?)\\n(?=\\n|export)`,
  ).exec(source)
  const doc = new RegExp(`${comment}export function ${full}\\b`).exec(source)
  if (doc === null) throw new Error(`${name} has no doc comment`)
  const element = /PartProps<'(\w+)'/.exec(ownProps?.[1] ?? '')?.[1] ?? null
  return {
    name,
    sentence: textOf(doc[1]),
    element,
    attributes: textOf(state?.[1]),
    attributeNames: [...(state?.[2] ?? '').matchAll(/readonly (\w+)\??:/g)].map(([, field = '']) =>
      attributeOf(field),
    ),
    props: [...(ownProps?.[1] ?? '').matchAll(propPattern)].map(
      ([, text, prop = '', type = '']) => ({
        name: prop,
        type: type.replaceAll(/\s+/g, ' ').replace(/^\| /, '').trim(),
        sentence: textOf(text),
      }),
    ),
  }
}

const comment = String.raw`(?:\/\*\*((?:(?!\*\/)[^])*)\*\/\n)?`
const propPattern =
  /(?:\/\*\*((?:(?!\*\/)[^])*)\*\/\s*)?\breadonly (\w+)\??:\s*([^]*?)(?=\n\s*(?:\/\*\*|readonly\b|\}|$))/g

/** As `dataAttributes` of the parts does it. */
function attributeOf(field: string): string {
  const words = field
    .replace(/^is(?=[A-Z])/, '')
    .replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
  return `data-${words.replace(/^-/, '')}`
}

function textOf(comment: string | undefined): string {
  return (comment ?? '')
    .replaceAll(/^\s*\*? ?/gm, '')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/\{@link (\w+)\}/g, '`$1`')
    .replace(/\s*@default (.*)$/, ' Default: $1.')
    .trim()
}

/** The reference of a room as Markdown. */
export function referenceOf(parts: readonly PartFacts[]): string {
  return parts.map(sectionOf).join('\n\n')
}

function sectionOf({ name, sentence, element, attributes, props }: PartFacts): string {
  const lines = [`### ${name}`, '', sentence]
  if (attributes !== '') lines.push('', `Data attributes: ${attributes}`)
  const common =
    element === null
      ? 'Props:'
      : `Takes every prop of \`<${element}>\`, and \`render\`, \`className\` and \`style\` as a value or a function of its state`
  if (props.length === 0) {
    if (element !== null) lines.push('', `${common}.`)
    return lines.join('\n')
  }
  lines.push(
    '',
    element === null ? common : `${common}, and:`,
    '',
    '| prop | type | what it means |',
    '| --- | --- | --- |',
  )
  for (const { name: prop, type, sentence: text } of props) {
    lines.push(
      `| \`${prop}\` | \`${type.replaceAll('|', '\\|')}\` | ${text.replaceAll('|', '\\|')} |`,
    )
  }
  return lines.join('\n')
}
