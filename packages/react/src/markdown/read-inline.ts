import type { Inline } from './nodes.ts'
import { maxNesting, type Token } from './parse.ts'
import { safeUrl } from './safe-url.ts'

const wrappers: Readonly<Record<string, 'strong' | 'emphasis' | 'strike'>> = {
  strong_open: 'strong',
  em_open: 'emphasis',
  s_open: 'strike',
}

/** The tokens of a line as a tree. What is nested too deeply is its words. */
export function readInline(tokens: readonly Token[]): readonly Inline[] {
  const stack: { readonly open: Token | null; readonly children: Inline[] }[] = [
    { open: null, children: [] },
  ]
  let deeper = 0
  for (const token of tokens) {
    const top = stack.at(-1)
    if (top === undefined) break
    if (token.nesting === 1) {
      if (stack.length > maxNesting) deeper += 1
      else stack.push({ open: token, children: [] })
    } else if (token.nesting === -1) {
      if (deeper > 0) {
        deeper -= 1
        continue
      }
      stack.pop()
      if (top.open !== null) stack.at(-1)?.children.push(wrap(top.open, top.children))
    } else add(top.children, readLeaf(token))
  }
  return stack[0]?.children ?? []
}

function wrap(open: Token, children: readonly Inline[]): Inline {
  const type = wrappers[open.type]
  if (type !== undefined) return { type, children }
  const title = open.attrGet('title')
  return {
    type: 'link',
    href: safeUrl(String(open.attrGet('href') ?? '')),
    title: title === null ? null : String(title),
    children,
  }
}

function readLeaf(token: Token): Inline {
  switch (token.type) {
    case 'softbreak':
      return '\n'
    case 'hardbreak':
      return { type: 'break' }
    case 'code_inline':
      return { type: 'code', text: token.content }
    case 'image':
      return {
        type: 'image',
        href: safeUrl(String(token.attrGet('src') ?? '')),
        alt: textOf(token.children ?? []),
      }
    default:
      return token.content
  }
}

function textOf(tokens: readonly Token[]): string {
  return tokens
    .map((token) => {
      if (token.type === 'softbreak' || token.type === 'hardbreak') return '\n'
      return token.type === 'image' ? textOf(token.children ?? []) : token.content
    })
    .join('')
}

/** Joins neighbouring texts, so that a page has one text node for them. */
function add(children: Inline[], next: Inline): void {
  const last = children.at(-1)
  if (typeof next !== 'string') children.push(next)
  else if (typeof last === 'string') children[children.length - 1] = last + next
  else if (next !== '') children.push(next)
}
