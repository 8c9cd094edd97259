import type { Step } from '@fluokit/testing'
import type { AgentTurn, TurnFile } from '@fluokit/testing/node'
import { say, think } from '../say.ts'
import { asksToCompare } from './choose-files.ts'
import { compareDocuments, type SectionChange } from './compare-documents.ts'
import { countWords, type Document } from './document.ts'
import { topicOf } from './find-passages.ts'
import { count, list } from './quote.ts'
import { readDocument } from './read-document.ts'
import { tellComparison } from './tell-comparison.ts'
import { tellDocument } from './tell-document.ts'
import { tellPassages } from './tell-passages.ts'
import { Unreadable } from './unreadable.ts'

/** Reads the files that a turn is about, and says what they are and what differs between them. */
export async function* answerDocuments(
  turn: AgentTurn,
  files: readonly TurnFile[],
): AsyncGenerator<Step> {
  const isLater = turn.files.length === 0
  yield* think(
    isLater
      ? 'They ask about the files of this thread. I will open them again.'
      : `They gave me ${count(files.length, 'file')}. I will read ${files.length === 1 ? 'it' : 'them'} before I say anything.`,
  )
  const read: Document[] = []
  const problems: string[] = []
  for (const file of files) {
    const call = { callId: newCallId(), name: 'read_document' }
    yield { event: { type: 'tool_start', ...call, input: { name: file.name } } }
    yield { waitMs: 600 }
    const outcome = await readDocument(file, turn.signal).catch(whyNot)
    if (typeof outcome === 'string') {
      problems.push(`${file.name} ${outcome}.`)
      yield { event: { type: 'tool_end', ...call, error: `${file.name} ${outcome}.` } }
    } else {
      read.push(outcome)
      const { name, pages } = outcome
      const output = { name, ...(pages !== null && { pages }), words: countWords(outcome) }
      yield { event: { type: 'tool_end', ...call, output } }
    }
  }
  const notes = notesOn(read, problems)
  const [one, other] = inOrder(read.slice(0, 2))
  const both = [one, other].filter((document) => document !== undefined)
  const topic = isLater ? topicOf(turn.query, both) : []
  if (one === undefined) yield* sayAll([...notes, nothingRead])
  else if (topic.length > 0 && !/\bcompar/i.test(turn.query)) {
    yield* sayAll([...notes, tellPassages(both, topic)])
  } else if (isLater && !asksToCompare(turn.query)) yield* sayAll([...notes, noSuchTopic(both)])
  else if (other === undefined) yield* sayAll([...notes, tellDocument(one)])
  else yield* compare(one, other, notes)
}

const nothingRead =
  'So I have nothing to compare. Add a text, a Markdown file or a PDF with text in it, and I will read it.'

function noSuchTopic(documents: readonly Document[]): string {
  const names = documents.flatMap(({ sections }) =>
    sections.flatMap(({ heading }) => heading ?? []),
  )
  const hint = names.length > 0 ? ` They speak of ${list([...new Set(names)])}.` : ''
  return `I find nothing of that in the files of this thread.${hint} Or ask me to compare them again.`
}

async function* compare(
  one: Document,
  other: Document,
  notes: readonly string[],
): AsyncGenerator<Step> {
  const files = { from: one.name, to: other.name }
  const call = { callId: newCallId(), name: 'compare_documents' }
  yield { event: { type: 'tool_start', ...call, input: files } }
  yield { waitMs: 700 }
  const sections = compareDocuments(one, other)
  yield { event: { type: 'tool_end', ...call, output: counted(sections) } }
  yield* sayAll([...notes, tellComparison(sections, files)])
}

function counted(
  sections: readonly SectionChange[],
): Readonly<Record<SectionChange['kind'], number>> {
  const of = (kind: SectionChange['kind']): number =>
    sections.filter((section) => section.kind === kind).length
  return { changed: of('changed'), added: of('added'), removed: of('removed'), same: of('same') }
}

/** What has to be said of the files before anything of what is in them. */
function notesOn(read: readonly Document[], problems: readonly string[]): readonly string[] {
  const cut = read
    .slice(0, 2)
    .filter(({ isCut }) => isCut)
    .map(({ name }) => name)
  const left = read.slice(2).map(({ name }) => name)
  return [
    ...problems,
    ...(cut.length > 0
      ? [`${list(cut)} ${cut.length === 1 ? 'is' : 'are'} long: I read the beginning only.`]
      : []),
    ...(left.length > 0
      ? [`I compare two at a time, the first two here, and leave out ${list(left)}.`]
      : []),
  ]
}

/** The older one first, where they say which that is; else as they were given. */
function inOrder(documents: readonly Document[]): readonly Document[] {
  const yearOf = ({ name, title }: Document): number =>
    Number(/(?<!\d)(19|20)\d\d(?!\d)/.exec(`${name} ${title ?? ''}`)?.[0] ?? NaN)
  return documents.toSorted((one, other) => yearOf(one) - yearOf(other) || 0)
}

function sayAll(paragraphs: readonly string[]): readonly Step[] {
  return say(paragraphs.join('\n\n'), 14)
}

function whyNot(thrown: unknown): string {
  return thrown instanceof Unreadable ? thrown.message : 'could not be read'
}

function newCallId(): string {
  return `call_${Math.random().toString(36).slice(2)}`
}
