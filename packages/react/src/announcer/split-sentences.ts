/** Text without a sentence's end is taken for one from this length on, at a word. */
const longest = 600

let segmenter: Intl.Segmenter | undefined

/** The sentences of a text that grows which are over, and the rest, which is still growing. */
export function splitSentences(text: string): readonly [sentences: string, rest: string] {
  const end = endOfSentences(text)
  return [text.slice(0, end), text.slice(end)]
}

function endOfSentences(text: string): number {
  if (/\n\s*$/.test(text)) return text.length
  const end = typeof Intl.Segmenter === 'function' ? endByLanguage(text) : endByMarks(text)
  if (text.length - end < longest) return end
  const word = text.lastIndexOf(' ') + 1
  return word > end ? word : text.length
}

/** Whether a mark ends a sentence shows in what comes after it: so the last sentence is never over. */
function endByLanguage(text: string): number {
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'sentence' })
  let end = 0
  for (const { index } of segmenter.segment(text)) end = index
  return end
}

function endByMarks(text: string): number {
  let end = 0
  for (const mark of text.matchAll(/[.!?…]["'”’)\]]*\s+(?=[^\s\p{Ll}])|[。！？]|\n/gu)) {
    end = mark.index + mark[0].length
  }
  return end
}
