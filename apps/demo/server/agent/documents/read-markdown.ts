import { marked, type Token } from 'marked'
import type { Block } from './document.ts'
import { tidy } from './tidy.ts'

/** The blocks of a Markdown text, without its marks. */
export function readMarkdown(text: string): readonly Block[] {
  const withoutFacts = text.replace(/^---\n[\s\S]*?\n---\n/, '')
  const blocks = marked.lexer(withoutFacts).flatMap(blocksOf)
  return blocks.filter((block) => block.text !== '')
}

function blocksOf(token: Token): readonly Block[] {
  switch (token.type) {
    case 'heading':
      return [{ kind: token['depth'] === 1 ? 'title' : 'heading', text: textOf(token) }]
    case 'list':
      return (token['items'] as readonly Token[]).flatMap(blocksOf)
    case 'list_item':
    case 'blockquote':
      return childrenOf(token).flatMap(blocksOf)
    case 'table':
      return [token['header'], ...(token['rows'] as readonly unknown[])].map((row) =>
        paragraph((row as readonly Token[]).map(textOf).join(' ')),
      )
    case 'space':
    case 'hr':
    case 'html':
    case 'def':
    case 'checkbox':
      return []
    default:
      return [paragraph(textOf(token))]
  }
}

function paragraph(text: string): Block {
  return { kind: 'paragraph', text: tidy(text) }
}

function textOf(token: Token): string {
  if (token.type === 'br') return ' '
  if (token.type === 'html') return ''
  const children = childrenOf(token)
  if (children.length > 0) return tidy(children.map(textOf).join(''), { isPiece: true })
  return 'text' in token ? String(token['text']) : ''
}

function childrenOf(token: Token): readonly Token[] {
  return 'tokens' in token ? ((token['tokens'] as readonly Token[] | undefined) ?? []) : []
}
