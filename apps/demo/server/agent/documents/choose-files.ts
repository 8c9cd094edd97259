import type { AgentTurn, TurnFile } from '@fluokit/testing/node'

/** More files of one turn are not opened. */
const mostFiles = 6

/**
 * The files that a turn is about: its own; a single one behind the last other one of the thread, so that it can be compared with it;
 * and where it has none, those that were there last. An empty list where the thread has none.
 */
export function chooseFiles({ files, history }: AgentTurn): readonly TurnFile[] {
  const earlier = history.flatMap((turn) => turn.files.filter(({ kind }) => kind === 'document'))
  if (files.length > 1) return files.slice(0, mostFiles)
  const [only] = files
  if (only !== undefined) {
    // A question that is asked again brings its file again.
    return [...earlier.filter(({ name }) => name !== only.name).slice(-1), only]
  }
  const last = history.findLast((turn) => turn.files.length > 0)
  const own = last?.files ?? []
  return own.length > 1 ? own.slice(0, mostFiles) : earlier.slice(-2)
}

/** Whether a question asks to compare, rather than about something in particular. */
export function asksToCompare(query: string): boolean {
  return /\b(compar\w+|differ\w*|chang\w+|again|equal)\b/i.test(query)
}

/** Whether a question without files is about those that the thread has. */
export function asksAboutFiles(query: string): boolean {
  if (query.endsWith('?') && !/\b(you|your|thread)\b/i.test(query)) return true
  return /\b(compar\w+|differ\w*|chang\w+|polic\w+|documents?|files?|editions?|sections?|strict\w*|them|both|which one|pdfs?)\b/i.test(
    query,
  )
}
