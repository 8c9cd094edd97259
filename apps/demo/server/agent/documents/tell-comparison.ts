import type { SectionChange } from './compare-documents.ts'
import type { Difference } from './compare-sentences.ts'
import { count, list, plain, quote } from './quote.ts'

/** More differences than this are counted, not quoted. */
const mostQuoted = 24

const atTop = 'At the top'

/** The names of two files, the older one first. */
export interface Compared {
  readonly from: string
  readonly to: string
}

/** What has changed between two documents, section by section, with a summary in the last line, in Markdown. */
export function tellComparison(sections: readonly SectionChange[], { from, to }: Compared): string {
  const changed = sections.filter(({ kind }) => kind !== 'same')
  if (changed.length === 0) {
    return `I compared ${from} with ${to}, section by section. They are equal: both say the same, word for word.`
  }
  const told = [`I compared ${from} with ${to}, section by section. This is what differs.`]
  let left = mostQuoted
  for (const section of changed) {
    const shown = section.differences.slice(0, left)
    left -= shown.length
    if (shown.length > 0 || section.differences.length === 0) told.push(tellSection(section, shown))
  }
  const skipped = changed.flatMap(({ differences }) => differences).length - mostQuoted
  if (skipped > 0) {
    told.push(`I do not quote ${count(skipped, 'more difference')}: the list would be too long.`)
    if (changed.length === sections.length) told.push('The two have little in common.')
  }
  const same = sections.filter(({ kind }) => kind === 'same')
  const names = same.flatMap(({ heading }) => heading ?? [])
  if (names.length > 0) told.push(`Nothing changed in ${list(names)}.`)
  return [...told, summarise(changed)].join('\n\n')
}

function tellSection(section: SectionChange, differences: readonly Difference[]): string {
  const { kind, heading, oldHeading } = section
  const [{ was, now } = { was: null, now: null }] = differences
  const lines = {
    same: [],
    added: [now ? `A new section: ${quote(now)}` : 'A new section, with nothing in it.'],
    removed: [was ? `This section is gone. It said: ${quote(was)}` : 'This section is gone.'],
    changed: [
      ...(oldHeading === null ? [] : [`This section was called ${quote(oldHeading)}.`]),
      ...(differences.length === 0 ? [] : [differences.map(tellDifference).join('\n\n')]),
    ],
  }[kind]
  return [`### ${plain(heading ?? atTop)}`, ...lines].join('\n\n')
}

function tellDifference({ was, now }: Difference): string {
  if (was === null) return `New: ${quote(now ?? '')}`
  if (now === null) return `Gone: ${quote(was)}`
  return `It said: ${quote(was)}  \nIt now says: ${quote(now)}` // two blanks: a line of its own in Markdown
}

function summarise(changed: readonly SectionChange[]): string {
  const of = (kind: SectionChange['kind']): readonly SectionChange[] =>
    changed.filter((section) => section.kind === kind)
  const named = (sections: readonly SectionChange[], what: string): readonly string[] => {
    if (sections.length === 0) return []
    const names = sections.map(({ heading }) => quote(heading ?? atTop))
    return [`${list(names)} ${names.length === 1 ? 'is' : 'are'} ${what}`]
  }
  const edited = of('changed').filter((section) => section.differences.length > 0)
  const differences = edited.flatMap((section) => section.differences)
  const hasSections = changed.some(({ heading }) => heading !== null)
  const where = hasSections ? ` in ${count(edited.length, 'section')}` : ''
  const parts = [
    ...(edited.length > 0 ? [count(differences.length, 'difference') + where] : []),
    ...named(
      of('changed').filter(({ oldHeading }) => oldHeading !== null),
      'renamed',
    ),
    ...named(of('added'), 'new'),
    ...named(of('removed'), 'gone'),
  ]
  return `In short: ${parts.join('; ')}.`
}
