import { defaultLabels, defaultThreadListLabels, type Labels } from '@fluokit/react'
import { defaultMarkdownLabels } from '@fluokit/react/markdown'

const plain = 'aceinosuyzACEINOSUYZ'
const accented = 'áçéíñöšüýžÅÇÉÎÑØŠÛÝŽ'

/** Words of no language: accented, a third longer and in brackets, so that a word that is not from `labels` stands out. */
export const pseudoLabels: Labels = pseudo({
  ...defaultLabels,
  markdown: defaultMarkdownLabels,
  threadList: defaultThreadListLabels,
}) as Labels

function pseudo(value: unknown): unknown {
  if (typeof value === 'string') return translate(value)
  if (typeof value === 'function') {
    return (...args: readonly unknown[]) => pseudo(Reflect.apply(value, undefined, args))
  }
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, pseudo(inner)]))
}

function translate(text: string): string {
  if (text === '') return text
  const strange = text.replace(/[a-z]/gi, (letter) => accented[plain.indexOf(letter)] ?? letter)
  return `⟦${strange}${'·'.repeat(Math.ceil(text.length / 3))}⟧`
}
