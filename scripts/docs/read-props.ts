import { textOf, type Declaration } from './declarations.ts'

export interface PropFacts {
  readonly name: string
  readonly isOptional: boolean
  readonly type: string
  readonly sentence: string
}

/**
 * The props that a type declares, and those of the option types that it is made of; of two of one name, the first.
 * Names of unions of words are written out: `SubmitMode` says nothing to who reads a table.
 */
export function readProps(
  body: string,
  declarations: ReadonlyMap<string, Declaration>,
): readonly PropFacts[] {
  const props = new Map<string, PropFacts>()
  for (const prop of ownProps(body)) {
    const known = props.get(prop.name)
    if (known === undefined)
      props.set(prop.name, { ...prop, type: writeOut(prop.type, declarations) })
    else if (prop.isOptional) props.set(prop.name, { ...known, isOptional: true })
  }
  for (const [, name = ''] of body.matchAll(/\b(\w+(?:Options|Props))\b/g)) {
    const followed = name === 'PartProps' ? undefined : declarations.get(name)
    if (followed === undefined) continue
    for (const prop of readProps(followed.body, declarations)) {
      if (!props.has(prop.name)) props.set(prop.name, prop)
    }
  }
  return [...props.values()]
}

function ownProps(body: string): readonly PropFacts[] {
  const props: PropFacts[] = []
  const pattern = /\breadonly (\w+)(\??):\s*/g
  let from = 0
  for (let match = pattern.exec(body); match !== null; match = pattern.exec(body)) {
    const [, name = '', mark] = match
    const comments = [...body.slice(from, match.index).matchAll(/\/\*\*([^]*?)\*\//g)]
    const end = endOfType(body, pattern.lastIndex)
    const type = body
      .slice(pattern.lastIndex, end)
      .replaceAll(/\s+/g, ' ')
      .replace(/^\| /, '')
      .replace(/ \| undefined$/, '')
      .trim()
      .replace(/^\((\(.*)\)$/, '$1')
    props.push({ name, isOptional: mark === '?', type, sentence: textOf(comments.at(-1)?.[1]) })
    from = end
    pattern.lastIndex = end
  }
  return props
}

/** Where a type ends: at the end of its line, unless a bracket is open or the next line goes on with it. */
function endOfType(body: string, start: number): number {
  let depth = 0
  for (let index = start; index < body.length; index += 1) {
    const sign = body[index] ?? ''
    if ('([{<'.includes(sign)) depth += 1
    if (')]}'.includes(sign) || (sign === '>' && body[index - 1] !== '=')) depth -= 1
    if (depth < 0) return index
    if (sign === '\n' && depth === 0 && !/^\s*[|&]/.test(body.slice(index))) return index
  }
  return body.length
}

function writeOut(type: string, declarations: ReadonlyMap<string, Declaration>): string {
  return type.replaceAll(/\b[A-Z]\w+\b/g, (name) => {
    const body = declarations.get(name)?.body.replaceAll(/\s+/g, ' ').trim() ?? ''
    const words = /^= \|? ?((?:'[\w-]+'(?: \| )?)+)$/.exec(body)?.[1]
    return words ?? name
  })
}
