import type { Block, Inline, ItemNode } from './nodes.ts'
import { createReader } from './reader.ts'

/**
 * The words of a Markdown text as a voice would read them: without signs and addresses, a block a line, the cells of a row with
 * commas between them, an image by its alternative text. For `announceText` of `ChatThread.Root`, beside `Markdown.Text`. Never throws.
 */
export function wordsOfMarkdown(text: string): string {
  return wordsOfBlocks(createReader().read([text], false))
}

function wordsOfBlocks(blocks: readonly Block[]): string {
  return blocks.map(wordsOfBlock).filter(Boolean).join('\n')
}

function wordsOfBlock(block: Block): string {
  switch (block.type) {
    case 'paragraph':
    case 'heading':
      return wordsOfLine(block.children)
    case 'quote':
      return wordsOfBlocks(block.children)
    case 'rule':
      return ''
    case 'plain':
      return block.text
    case 'code':
      return block.lines.join('\n')
    case 'list':
      return block.items
        .map((item, index) => {
          const number = block.start === null ? '' : `${block.start + index}. `
          return `${number}${signOf(item)}${wordsOfBlocks(item.children)}`
        })
        .join('\n')
    case 'table':
      return [block.head, ...block.rows]
        .map((row) => row.map(wordsOfLine).filter(Boolean).join(', '))
        .join('\n')
  }
}

/** Screen readers name these signs, each in its own language. */
function signOf({ isDone }: ItemNode): string {
  if (isDone === null) return ''
  return isDone ? '☑ ' : '☐ '
}

function wordsOfLine(line: readonly Inline[]): string {
  return line.map(wordsOf).join('')
}

function wordsOf(node: Inline): string {
  if (typeof node === 'string') return node
  switch (node.type) {
    case 'code':
      return node.text
    case 'break':
      return '\n'
    case 'image':
      return node.alt
    default:
      return wordsOfLine(node.children)
  }
}
