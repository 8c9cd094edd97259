import type { Spread } from '../statistics.ts'

/** A number with so many decimals and commas between thousands; a dash for none. */
export function decimal(value: number, digits = 0): string {
  if (!Number.isFinite(value)) return '–'
  return value.toLocaleString('en-GB', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  })
}

/** Smallest and largest. */
export function range({ min, max }: Spread, digits = 0): string {
  return Number.isFinite(min) ? `${decimal(min, digits)}–${decimal(max, digits)}` : '–'
}

/** A ratio: two decimals below ten. */
export function times(value: number): string {
  return Number.isFinite(value) ? `${decimal(value, value < 10 ? 2 : 0)}×` : '–'
}

/** A table in Markdown. All columns but the first are numbers. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  const rule = head.map((_, index) => (index === 0 ? '---' : '---:'))
  return [line(head), line(rule), ...rows.map(line)].join('\n')
}
