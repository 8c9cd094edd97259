import { compareSentences } from './compare-sentences.ts'
import type { Document } from './document.ts'
import { findPassages } from './find-passages.ts'
import { list, quote } from './quote.ts'
import { sentencesOf } from './sentences.ts'

/** What each of one or two documents says about a topic, and whether that is the same. */
export function tellPassages(documents: readonly Document[], topic: readonly string[]): string {
  const subject = list([...new Set(topic)].map((word) => `“${word}”`))
  const found = documents.map(({ name, ...rest }) => ({
    name,
    passage: findPassages({ name, ...rest }, topic),
  }))
  const told = found.map(({ name, passage }) => {
    if (passage === null) return `${name} says nothing about ${subject}.`
    const where = passage.heading === null ? '' : `, under “${passage.heading}”`
    return `${name}${where}: ${quote(passage.text)}`
  })
  const [one, other] = found.map(({ passage }) => passage)
  return [`This is what I find about ${subject}.`, ...told, ...weigh(one, other)].join('\n\n')
}

type Passage = ReturnType<typeof findPassages>

function weigh(one: Passage | undefined, other: Passage | undefined): readonly string[] {
  if (!one || !other) return []
  const differences = compareSentences(sentencesOf([one.text]), sentencesOf([other.text]))
  if (differences.length === 0) return ['Both say the same there.']
  return ['Which of them is stricter is for you to judge: I compare words and do not weigh them.']
}
