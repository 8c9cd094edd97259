import { tidy } from './tidy.ts'

/**
 * Lines as one. A word that was divided at the end of a line is whole again; `whole` is the text that it stands in, which tells
 * whether the word has a hyphen of its own.
 */
export function joinLines(lines: readonly string[], whole: string): string {
  return lines.map((line) => tidy(line)).reduce((text, line) => join(text, line, whole), '')
}

function join(text: string, line: string, whole: string): string {
  const [, start = ''] = /([\p{L}]+)[-\u2010]$/u.exec(text) ?? []
  const [end = ''] = /^\p{Ll}+/u.exec(line) ?? []
  if (start === '' || end === '') return text === '' ? line : `${text} ${line}`.trim()
  const hasHyphen = whole.toLowerCase().includes(`${start}-${end}`.toLowerCase())
  return (hasHyphen ? text : text.slice(0, -1)) + line
}
