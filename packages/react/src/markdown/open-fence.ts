import type { CodeNode } from './nodes.ts'
import { languageOf } from './parse.ts'

/** A fence that stands at the beginning of what is open, and has not been closed. */
export interface Fence {
  readonly indent: number
  readonly mark: string
  readonly info: string
}

const opening = /^( {0,3})(`{3,}|~{3,})(.*)$/

/** The fence that a line opens. One with a pipe in it may be the head of a table, which only the parser tells. */
export function fenceOf(line: string): Fence | null {
  const [, indent = '', mark = '', info = ''] = opening.exec(line) ?? []
  if (mark === '' || (mark.startsWith('`') && info.includes('`')) || info.includes('|')) return null
  return { indent: indent.length, mark, info }
}

/** Whether a line closes a fence. */
export function closes(line: string, { mark }: Fence): boolean {
  const [, closing = ''] = /^ {0,3}(`{3,}|~{3,})[ \t]*$/.exec(line) ?? []
  return closing.startsWith(mark)
}

/** The code behind a fence so far, which needs no parser. What may become the end of the fence is left out. */
export function openCode({ indent, mark, info }: Fence, content: readonly string[]): CodeNode {
  const tail = content.at(-1)?.trim() ?? ''
  const isClosing = tail !== '' && (mark.startsWith(tail) || isRunOf(mark.charAt(0), tail))
  const shown = isClosing ? content.slice(0, -1) : content
  const lines = indent === 0 ? shown : shown.map((line) => withoutIndent(line, indent))
  return { type: 'code', language: languageOf(info), lines, isOpen: true }
}

function isRunOf(mark: string, text: string): boolean {
  return text === mark.repeat(text.length)
}

function withoutIndent(line: string, indent: number): string {
  let at = 0
  while (at < indent && line.charAt(at) === ' ') at += 1
  return line.slice(at)
}
