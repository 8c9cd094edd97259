import type { Align, Block, CodeNode, Inline, ItemNode, ListNode, TableNode } from './nodes.ts'
import { languageOf, maxNesting, type Token } from './parse.ts'
import { readInline } from './read-inline.ts'

/** A block and the lines that it takes, the end not included. */
export interface PlacedBlock {
  readonly block: Block
  readonly from: number
  readonly to: number
  /** Where the items of a list or the rows of a table begin. */
  readonly pieces: readonly number[]
  /** What a list is marked with, for a new mark is a new list. */
  readonly mark: string
}

/** What was read of a text: its blocks, and the line of the first one that is nested too deeply to be read, or null. */
export interface ReadText {
  readonly placed: readonly PlacedBlock[]
  readonly deepFrom: number | null
}

/** The blocks at the top of a text, in order, up to the first that is nested so deeply that the parser left something out. */
export function readBlocks(tokens: readonly Token[], lines: readonly string[]): ReadText {
  const cursor: Cursor = { tokens, lines, at: 0 }
  const placed: PlacedBlock[] = []
  while (cursor.at < tokens.length) {
    const first = cursor.at
    const { map, type, markup } = tokens[first] as Token
    const [from, to] = map ?? [0, 0]
    const end = endOfBlock(tokens, first)
    const own = tokens.slice(first, end)
    if (own.some(({ level, nesting }) => nesting === 1 && level >= maxNesting - 1)) {
      return { placed, deepFrom: from }
    }
    const block = readBlock(cursor)
    cursor.at = end
    const pieces = own
      .filter((token) => isPieceOf(type, token))
      .map((token) => token.map?.[0] ?? from)
    placed.push({ block, from, to, pieces, mark: markup })
  }
  return { placed, deepFrom: null }
}

function endOfBlock(tokens: readonly Token[], first: number): number {
  let at = first
  while (at < tokens.length) {
    const token = tokens[at]
    at += 1
    if (token?.level === 0 && token.nesting !== 1) break
  }
  return at
}

function isPieceOf(type: string, token: Token): boolean {
  if (type === 'table_open') return token.type === 'tr_open' && token.level === 2
  return type.endsWith('_list_open') && token.type === 'list_item_open' && token.level === 1
}

interface Cursor {
  readonly tokens: readonly Token[]
  readonly lines: readonly string[]
  at: number
}

/** One block, and the cursor behind it. */
function readBlock(cursor: Cursor): Block {
  const token = cursor.tokens[cursor.at] as Token
  cursor.at += 1
  switch (token.type) {
    case 'heading_open':
      return { type: 'heading', level: Number(token.tag.slice(1)), children: readLeaf(cursor) }
    case 'blockquote_open':
      return { type: 'quote', children: readChildren(cursor) }
    case 'bullet_list_open':
    case 'ordered_list_open':
      return readList(cursor, token)
    case 'table_open':
      return readTable(cursor)
    case 'hr':
      return { type: 'rule' }
    case 'fence':
    case 'code_block':
      return readCode(token)
    default:
      return { type: 'paragraph', children: readLeaf(cursor) }
  }
}

/** What stands in a paragraph or a heading, of which the opening token has been read. */
function readLeaf(cursor: Cursor): readonly Inline[] {
  const children = readInline(cursor.tokens[cursor.at]?.children ?? [])
  cursor.at += 2
  return children
}

function readChildren(cursor: Cursor): readonly Block[] {
  const children: Block[] = []
  while (cursor.tokens[cursor.at]?.nesting !== -1) children.push(readBlock(cursor))
  cursor.at += 1
  return children
}

function readCode({ info, content, type }: Token): CodeNode {
  const lines = content.split('\n')
  if (lines.at(-1) === '') lines.pop()
  return {
    type: 'code',
    language: type === 'fence' ? languageOf(info) : null,
    lines,
    isOpen: false,
  }
}

function readList(cursor: Cursor, open: Token): ListNode {
  const items: ItemNode[] = []
  let isLoose = false
  while (cursor.tokens[cursor.at]?.type === 'list_item_open') {
    const first = cursor.at
    cursor.at += 1
    items.push(withTask(readChildren(cursor)))
    isLoose ||= isLooseItem(cursor, first)
  }
  cursor.at += 1
  const start = open.type === 'ordered_list_open' ? Number(open.attrGet('start') ?? 1) : null
  return { type: 'list', start, isLoose, items }
}

/**
 * Whether the list of the item that has just been read is loose. The parser tells by hiding the paragraphs of tight
 * ones. At the top, where an item may be read without the next, its lines tell it too.
 */
function isLooseItem({ tokens, lines, at }: Cursor, first: number): boolean {
  const item = tokens[first] as Token
  const [from, to] = item.map ?? [0, 0]
  const own = tokens
    .slice(first + 1, at - 1)
    .filter(({ level, nesting }) => level === item.level + 1 && nesting !== -1)
  if (own.some(({ type, hidden }) => type === 'paragraph_open' && !hidden)) return true
  if (item.level !== 1) return false
  const hasNext = tokens[at]?.type === 'list_item_open'
  if (hasNext && to - from > 1 && isBlank(lines[to - 1])) return true
  return own.some(({ map }) => map !== null && map[0] > from && isBlank(lines[map[0] - 1]))
}

/** Whether nothing stands in a line. */
export function isBlank(line = ''): boolean {
  return /^[ \t]*$/.test(line)
}

const task = /^\[([ xX])\][ \t\n]/

/** An item whose first words are `[ ]` or `[x]` is a task. */
function withTask(children: readonly Block[]): ItemNode {
  const [first, ...rest] = children
  const [word] = first?.type === 'paragraph' ? first.children : []
  const match = typeof word === 'string' ? task.exec(word) : null
  if (match === null || first?.type !== 'paragraph' || typeof word !== 'string') {
    return { isDone: null, children }
  }
  const words = [word.slice(match[0].length), ...first.children.slice(1)]
  return { isDone: match[1] !== ' ', children: [{ ...first, children: words }, ...rest] }
}

function readTable(cursor: Cursor): TableNode {
  const align: Align[] = []
  const rows: (readonly Inline[])[][] = []
  for (;;) {
    const token = cursor.tokens[cursor.at]
    cursor.at += 1
    if (token === undefined || token.type === 'table_close') break
    if (token.type === 'tr_open') rows.push([])
    if (token.type === 'th_open') align.push(alignOf(token))
    if (token.type === 'inline') rows.at(-1)?.push(readInline(token.children ?? []))
  }
  const [head = [], ...body] = rows
  return { type: 'table', align, head, rows: body }
}

const aligns: ReadonlyMap<unknown, Align> = new Map([
  ['text-align:left', 'start'],
  ['text-align:center', 'center'],
  ['text-align:right', 'end'],
])

function alignOf(token: Token): Align {
  return aligns.get(token.attrGet('style')) ?? null
}
