import { parseData } from './field-paths.ts'
import { createRedactor, type Redactor } from './redact-value.ts'
import type { IsSafeName } from './safe-names.ts'
import { splitLines, type Line } from './scan-lines.ts'

/**
 * The stream with every value replaced: line ends, comments, field names and the space after their colon stay as
 * they are, and so does a last event that was cut.
 */
export function redactStream(text: string, isSafe: IsSafeName): string {
  const redactor = createRedactor(isSafe)
  const mark = text.startsWith('\uFEFF') ? '\uFEFF' : ''
  const out: string[] = []
  let data: Line[] = []
  const flush = (): void => {
    out.push(...redactData(data, redactor))
    data = []
  }
  for (const line of splitLines(text.slice(mark.length))) {
    if (/^data(:|$)/.test(line.text)) {
      data.push(line)
      continue
    }
    flush()
    out.push(redactLine(line.text, redactor) + line.end)
  }
  flush()
  return mark + out.join('')
}

function redactLine(line: string, redactor: Redactor): string {
  if (line === '') return ''
  const [, field = '', colon = '', value = ''] = /^([^:]*)(:? ?)(.*)$/s.exec(line) ?? []
  if (field === '') return value === '' ? line : `${colon}comment`
  if (colon === '') return ['event', 'id', 'retry'].includes(field) ? field : 'field'
  if (field === 'event') return `${field}${colon}${value && redactor.name(value)}`
  if (field === 'id') return `${field}${colon}${value && redactor.id(value)}`
  if (field === 'retry') return `${field}${colon}${/^\d{1,6}$/.test(value) ? value : 'text'}`
  return `field${colon}${redactor.text(value)}`
}

/** Lines of data that follow each other are one value. JSON keeps its number of lines where it was written with indents. */
function redactData(lines: readonly Line[], redactor: Redactor): readonly string[] {
  const values = lines.map(({ text }) => text.replace(/^data:? ?/, ''))
  const whole = values.join('\n')
  const parsed = parseData(whole)
  const isText = parsed === undefined
  const redacted = isText
    ? values.map((value) => redactText(value, redactor))
    : JSON.stringify(redactor.json(parsed), null, lines.length > 1 ? 1 : 0).split('\n')
  const start = /^data:? ?/.exec(lines[0]?.text ?? '')?.[0] ?? 'data: '
  const end = lines[0]?.end || '\n'
  return redacted.map((value, index) => {
    const isLast = index === redacted.length - 1
    const own = isText ? (/^data:? ?/.exec(lines[index]?.text ?? '')?.[0] ?? start) : start
    return own + value + (isLast ? (lines.at(-1)?.end ?? end) : end)
  })
}

/** Plain text; what begins as JSON and is none stays malformed. */
function redactText(value: string, redactor: Redactor): string {
  if (value.trim() === '[DONE]') return value
  if (/^\s*\{\s*"/.test(value)) return '{"key": text'
  return redactor.text(value)
}
