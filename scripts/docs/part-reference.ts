import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readDeclarations, sentenceOfFunction } from './declarations.ts'
import { readProps, type PropFacts } from './read-props.ts'

/** What the doc comments of one part say. */
export interface PartFacts {
  /** As people write it: `Composer.Send`. */
  readonly name: string
  readonly sentence: string
  /** The element it renders, or null for an iterator and for what is made of other parts. */
  readonly element: string | null
  /** What its state shows in the DOM, in the words of the state's doc comment. */
  readonly attributes: string
  /** The attributes that its state has, by the rule of `dataAttributes`, and the words that each of them can say. */
  readonly states: readonly { readonly attribute: string; readonly words: readonly string[] }[]
  readonly props: readonly PropFacts[]
}

/** The parts of a room in the order of its door, `parts.ts`. */
export function readParts(namespace: string, folder: string): readonly PartFacts[] {
  const door = readFileSync(join(folder, 'parts.ts'), 'utf8')
  const lines = door.split('\n').filter((line) => line.startsWith('export'))
  return lines.map((line) => {
    const match = /^export \{ (\w+) as (\w+) \} from '\.\/([\w.-]+)'$/.exec(line)
    if (match === null) throw new Error(`${folder}/parts.ts has a line of another kind: ${line}`)
    const [, full = '', short = '', file = ''] = match
    return readPart(`${namespace}.${short}`, full, readFileSync(join(folder, file), 'utf8'))
  })
}

const declarations = readDeclarations()

function readPart(name: string, full: string, source: string): PartFacts {
  const sentence = sentenceOfFunction(source, full)
  if (sentence === null) throw new Error(`${name} is no function in its file`)
  const own = declarations.get(`${full}Props`)?.body
  // ChatThread.Default alone has none of its own: its sentence says whose it takes.
  if (own === undefined && !sentence.includes('Takes the props of')) {
    throw new Error(`The props of ${name} were not found`)
  }
  const [, element = null, stateName = ''] = /PartProps<'(\w+)', (\w+)>/.exec(own ?? '') ?? []
  const state = declarations.get(stateName)
  return {
    name,
    sentence,
    element,
    attributes: state?.sentence ?? '',
    states: readProps(state?.body ?? '', declarations).map(({ name: field, type }) => ({
      attribute: attributeOf(field),
      words: [...type.matchAll(/'([\w-]+)'/g)].map(([, word = '']) => word),
    })),
    props: own === undefined ? [] : readProps(own, declarations),
  }
}

/** As `dataAttributes` of the parts does it. */
function attributeOf(field: string): string {
  const words = field
    .replace(/^is(?=[A-Z])/, '')
    .replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
  return `data-${words.replace(/^-/, '')}`
}

/** The reference of a room as Markdown. */
export function referenceOf(parts: readonly PartFacts[]): string {
  return parts.map(sectionOf).join('\n\n')
}

function sectionOf(part: PartFacts): string {
  const { name, sentence, element, props } = part
  const lines = [`### ${name}`, '', sentence]
  if (element !== null) {
    const shown = [`\`data-part="${partNameOf(name)}"\``, attributesOf(part)].filter(Boolean)
    lines.push('', `In the DOM: ${shown.join('; ').replace(/\.?$/, '.')}`)
    const common = `Takes every prop of \`<${element}>\`, and \`render\`, \`className\` and \`style\``
    lines.push('', props.length === 0 ? `${common}.` : `${common}; and:`)
  }
  if (props.length > 0) lines.push('', ...tableOf(props))
  return lines.join('\n')
}

/** What the doc comment says, and all words of an attribute that it does not list. */
function attributesOf({ attributes, states }: PartFacts): string {
  const lists = states
    .filter(({ words }) => words.some((word) => !attributes.includes(word)))
    .map(({ attribute, words }) => `\`${attribute}\` says one of ${listOf(words)}.`)
  return [attributes, ...lists].join(' ').trim()
}

function listOf(words: readonly string[]): string {
  return words.map((word) => `\`${word}\``).join(' ')
}

function tableOf(props: readonly PropFacts[]): readonly string[] {
  const rows = props.map(({ name, isOptional, type, sentence }) => {
    const cells = [`\`${name}${isOptional ? '?' : ''}\``, `\`${type}\``, sentence]
    return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  })
  return ['| prop | type | what it means |', '| --- | --- | --- |', ...rows]
}

/** `ChatThread.ScrollToEnd` is `chat-thread-scroll-to-end`. */
function partNameOf(name: string): string {
  return name
    .replaceAll(/([a-z])([A-Z])/g, '$1-$2')
    .replace('.', '-')
    .toLowerCase()
}
