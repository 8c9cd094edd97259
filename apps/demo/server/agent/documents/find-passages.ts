import type { Document, Section } from './document.ts'
import { sentencesOf, wordsOf } from './sentences.ts'

/** What a question asks about, as far as words can tell; an empty list where it names nothing that stands in the documents. */
export function topicOf(query: string, documents: readonly Document[]): readonly string[] {
  const known = new Set(documents.flatMap(({ sections }) => sections.flatMap(wordsIn)).map(stem))
  return wordsOf(query).filter((word) => !common.has(word) && known.has(stem(word)))
}

/** What a document says about a topic: the section whose name it is, else the sentences with most of its words. */
export function findPassages(
  { sections }: Document,
  topic: readonly string[],
): { readonly heading: string | null; readonly text: string } | null {
  const stems = new Set(topic.map(stem))
  const hits = (text: string): number =>
    new Set(
      wordsOf(text)
        .map(stem)
        .filter((word) => stems.has(word)),
    ).size
  const named = best(sections, ({ heading }) => hits(heading ?? ''))
  if (named !== null) return { heading: named.heading, text: named.paragraphs.join(' ') }
  const section = best(sections, ({ paragraphs }) => hits(paragraphs.join(' ')))
  if (section === null) return null
  const sentences = sentencesOf(section.paragraphs)
  const most = Math.max(...sentences.map(hits))
  const text = sentences.filter((sentence) => hits(sentence) === most).join(' ')
  return { heading: section.heading, text }
}

function best(sections: readonly Section[], rate: (section: Section) => number): Section | null {
  const most = Math.max(0, ...sections.map(rate))
  return most === 0 ? null : (sections.find((section) => rate(section) === most) ?? null)
}

function wordsIn({ heading, paragraphs }: Section): readonly string[] {
  return wordsOf([heading ?? '', ...paragraphs].join(' '))
}

/** `hotel` for `hotels`: enough to find one by the other. */
function stem(word: string): string {
  return word.length > 3 ? word.replace(/(ies|es|s|ing|ed)$/, '') : word
}

/** Words that a question has whatever it is about. */
const common = new Set(
  (
    'a about above again all also an and any are as at be been both but by can compare comparison could did differ difference ' +
    'differences different do document documents does edition each every file files first for from give has have how i if in is it its ' +
    'just know let like me mean more much my need no not now of on one or other our out over please policies policy read ' +
    'said say says second should show so some stricter strict tell than thank thanks that the their them then there they ' +
    'this to two up us used want was we what whats when where which who why will with would you your'
  ).split(' '),
)
