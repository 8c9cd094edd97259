import { compareSentences, type Difference } from './compare-sentences.ts'
import type { Document, Section } from './document.ts'
import { headingKey } from './match-key.ts'
import { likeness, sentencesOf } from './sentences.ts'

/** What became of one section. */
export interface SectionChange {
  readonly kind: 'same' | 'changed' | 'added' | 'removed'
  /** As it is called now, or was; null for what comes before the first heading. */
  readonly heading: string | null
  /** What it was called, where that was something else. */
  readonly oldHeading: string | null
  readonly differences: readonly Difference[]
}

/** What became of each section from one document to another, in the order of the newer one; what is gone stands where it was. */
export function compareDocuments(before: Document, after: Document): readonly SectionChange[] {
  const hasHeadings = [before, after].every(({ sections }) => sections.some(isHeaded))
  if (!hasHeadings) return [compareSections(flatten(before), flatten(after))]
  const pairs = pairSections(sectionsOf(before), sectionsOf(after))
  return pairs.map(([was, now]) => {
    if (was === null && now !== null) return oneSided('added', now)
    if (was !== null && now === null) return oneSided('removed', was)
    return compareSections(was ?? empty, now ?? empty)
  })
}

type Pair = readonly [Section | null, Section | null]

const empty: Section = { heading: null, paragraphs: [] }
const isHeaded = ({ heading }: Section): boolean => heading !== null

/** Sections of the same name belong together, wherever they stand; then those that say nearly the same under another name. */
function pairSections(before: readonly Section[], after: readonly Section[]): readonly Pair[] {
  const left = new Set(before)
  const found = new Map<Section, Section>()
  const match = (isSame: (was: Section, now: Section) => boolean): void => {
    for (const now of after) {
      if (found.has(now)) continue
      const was = [...left].find((section) => isSame(section, now))
      if (was === undefined) continue
      found.set(now, was)
      left.delete(was)
    }
  }
  match((was, now) => headingKey(was.heading) === headingKey(now.heading))
  match((was, now) => isHeaded(was) && isHeaded(now) && likeness(textOf(was), textOf(now)) > 0.6)
  const pairs: Pair[] = after.map((now) => [found.get(now) ?? null, now])
  for (const gone of left) {
    const above = before[before.indexOf(gone) - 1]
    const at = pairs.findIndex(([was]) => above !== undefined && was === above)
    pairs.splice(at + 1, 0, [gone, null])
  }
  return pairs
}

function compareSections(was: Section, now: Section): SectionChange {
  const differences = compareSentences(sentencesOf(was.paragraphs), sentencesOf(now.paragraphs))
  const isRenamed = headingKey(was.heading) !== headingKey(now.heading)
  return {
    kind: differences.length > 0 || isRenamed ? 'changed' : 'same',
    heading: now.heading,
    oldHeading: isRenamed ? was.heading : null,
    differences,
  }
}

function oneSided(kind: 'added' | 'removed', { heading, paragraphs }: Section): SectionChange {
  const text = paragraphs.join(' ')
  const difference = kind === 'added' ? { was: null, now: text } : { was: text, now: null }
  return { kind, heading, oldHeading: null, differences: [difference] }
}

/** The sections of a document; its title stands before the first heading, where a reader that knows none has left it. */
function sectionsOf({ title, sections }: Document): readonly Section[] {
  if (title === null) return sections
  const [first = empty] = sections
  if (first.heading !== null) return [{ heading: null, paragraphs: [title] }, ...sections]
  return [{ heading: null, paragraphs: [title, ...first.paragraphs] }, ...sections.slice(1)]
}

/** A document as if it had no headings: they are sentences like others. */
function flatten(document: Document): Section {
  const paragraphs = sectionsOf(document).flatMap(({ heading, paragraphs: own }) =>
    heading === null ? own : [heading, ...own],
  )
  return { heading: null, paragraphs }
}

function textOf({ paragraphs }: Section): string {
  return paragraphs.join(' ')
}
