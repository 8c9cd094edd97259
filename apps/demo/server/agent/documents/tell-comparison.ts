import type { SectionChange } from './compare-documents.ts'
import type { Difference } from './compare-sentences.ts'
import { count, list, quote } from './quote.ts'

/** More differences than this are counted, not quoted. */
const mostQuoted = 24

const atTop = 'At the top'

/** The names of two files, the older one first. */
export interface Compared {
  readonly from: string
  readonly to: string
}

/** What has changed between two documents, section by section, with a summary in the last line. */
export function tellComparison(sections: readonly SectionChange[], { from, to }: Compared): string {
  const changed = sections.filter(({ kind }) => kind !== 'same')
  if (changed.length === 0) {
    return `I compared ${from} with ${to}, section by section. They are equal: both say the same, word for word.`
  }
  const told: string[] = [
    `I compared ${from} with ${to}, section by section. This is what differs.`,
  ]
  let left = mostQuoted
  let skipped = 0
  for (const section of changed) {
    const shown = section.differences.slice(0, left)
    left -= shown.length
    skipped += section.differences.length - shown.length
    if (shown.length > 0 || section.oldHeading !== null) told.push(tellSection(section, shown))
  }
  if (skipped > 0)
    told.push(
      `${count(skipped, 'more difference')} I do not quote here: the list would be too long.`,
    )
  const same = sections.flatMap(({ kind, heading }) =>
    kind === 'same' && heading !== null ? [heading] : [],
  )
  if (same.length > 0) told.push(`Nothing changed in ${list(same)}.`)
  return [...told, summarise(changed)].join('\n\n')
}

function tellSection(section: SectionChange, differences: readonly Difference[]): string {
  const { kind, oldHeading } = section
  const heading = section.heading ?? atTop
  if (kind === 'added' || kind === 'removed') {
    const [{ was, now } = { was: null, now: null }] = differences
    const lead = kind === 'added' ? 'A new section:' : 'This section is gone. It said:'
    return `${heading}\n${lead} ${quote(now ?? was ?? '')}`
  }
  const renamed = oldHeading === null ? [] : [`This section was called ${quote(oldHeading)}.`]
  return [heading, ...renamed, differences.map(tellDifference).join('\n\n')].join('\n').trim()
}

function tellDifference({ was, now }: Difference): string {
  if (was === null) return `New: ${quote(now ?? '')}`
  if (now === null) return `Gone: ${quote(was)}`
  return `It said: ${quote(was)}\nIt now says: ${quote(now)}`
}

function summarise(changed: readonly SectionChange[]): string {
  const of = (kind: SectionChange['kind']): readonly SectionChange[] =>
    changed.filter((section) => section.kind === kind)
  const named = (sections: readonly SectionChange[], what: string): readonly string[] => {
    if (sections.length === 0) return []
    const names = sections.map(({ heading }) => quote(heading ?? atTop))
    return [`${list(names)} ${names.length === 1 ? 'is' : 'are'} ${what}`]
  }
  const differences = of('changed').flatMap((section) => section.differences).length
  const hasSections = changed.some(({ heading }) => heading !== null)
  const where = hasSections ? ` in ${count(of('changed').length, 'section')}` : ''
  const parts = [
    ...(of('changed').length > 0 ? [count(differences, 'difference') + where] : []),
    ...named(of('added'), 'new'),
    ...named(of('removed'), 'gone'),
  ]
  return `In short: ${parts.join('; ')}.`
}
