/** One line of an event stream with its own end, which is empty for a last line that was cut. */
export interface Line {
  readonly text: string
  readonly end: '\n' | '\r\n' | '\r' | ''
}

/** The lines of a stream, split as the standard splits them. Joined again they are the same text. */
export function splitLines(text: string): readonly Line[] {
  return [...text.matchAll(/([^\r\n]*)(\r\n|\n|\r|$)/g)]
    .map(([, line = '', end = '']) => ({ text: line, end: end as Line['end'] }))
    .filter((line) => line.text !== '' || line.end !== '')
}

/** What the framing of a stream looks like. */
export interface Framing {
  readonly lf: number
  readonly crlf: number
  readonly cr: number
  readonly comments: number
  readonly ids: number
  readonly retries: number
  /** Lines of a last event that no empty line ended. */
  readonly isCut: boolean
}

/** Counts line ends, comments, event IDs and retries, and sees whether the last event is whole. */
export function scanFraming(text: string): Framing {
  const lines = splitLines(text.replace(/^\uFEFF/, ''))
  const ends = (end: Line['end']): number => lines.filter((line) => line.end === end).length
  const starts = (start: RegExp): number => lines.filter((line) => start.test(line.text)).length
  const tail = lines.slice(lines.findLastIndex(({ text: line }) => line === '') + 1)
  return {
    lf: ends('\n'),
    crlf: ends('\r\n'),
    cr: ends('\r'),
    comments: starts(/^:/),
    ids: starts(/^id(:|$)/),
    retries: starts(/^retry(:|$)/),
    isCut: tail.some(({ text: line, end }) => end === '' || !line.startsWith(':')),
  }
}
