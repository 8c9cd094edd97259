import type { ReadableStore, Thread } from '@fluokit/core'
import { threadFiles } from '../attachment/thread-files.ts'
import { filesOf, isSameFile, type TurnFile } from '../attachment/turn-file.ts'
import { uploadSentence } from '../attachment/upload-sentence.ts'
import type { Labels } from '../labels.ts'
import type { Announcer } from './create-announcer.ts'

/** What happens within this many milliseconds is said as one sentence. */
const together = 250

type News = 'attached' | 'ready' | 'failed' | 'removed'

/**
 * Says what becomes of the files of a thread's next turn: each thing once, politely, and only the last of what happens to a
 * file at once. What stands there as the listening begins is known, and what was sent is no news. Returns the end of it.
 */
export function announceFiles(
  thread: Thread,
  announcer: Announcer,
  labelsNow: () => Labels,
): () => void {
  const files: ReadableStore<readonly TurnFile[]> = threadFiles(thread)
  const news = new Map<string, { readonly what: News; readonly file: TurnFile }>()
  let timer: ReturnType<typeof setTimeout> | undefined

  const unsubscribe = files.subscribe((now, before) => {
    for (const file of now) {
      for (const { what, file: other } of news.values()) {
        if (what === 'removed' && isSameFile(file, other)) news.delete(other.id) // it has come back
      }
      const what = newsOf(
        file,
        before.find(({ id }) => id === file.id),
      )
      if (what !== null) add(what, file)
    }
    for (const file of before) {
      if (!now.some(({ id }) => id === file.id) && !isSent(thread, file)) add('removed', file)
    }
  })

  function add(what: News, file: TurnFile): void {
    news.delete(file.id)
    news.set(file.id, { what, file })
    timer ??= setTimeout(tell, together)
  }

  function tell(): void {
    const labels = labelsNow()
    const all = [...news.values()]
    const namesOf = (kind: News): readonly string[] =>
      all.filter(({ what }) => what === kind).map(({ file }) => labels.fileName(file.name))
    const lists = [
      [namesOf('attached'), labels.announceAttached],
      [namesOf('ready'), labels.announceReady],
      [namesOf('removed'), labels.announceRemoved],
    ] as const
    const failed = all.flatMap(({ what, file }) =>
      what === 'failed' && file.upload !== null
        ? [labels.announceFailed(labels.fileName(file.name), uploadSentence(file.upload, labels))]
        : [],
    )
    const said = lists.map(([names, say]) => (names.length === 0 ? '' : say(names)))
    news.clear()
    timer = undefined
    announcer.say([...said, ...failed].filter(Boolean).join(' '), 'polite')
  }

  return () => {
    unsubscribe()
    clearTimeout(timer)
  }
}

function newsOf({ status, upload }: TurnFile, before: TurnFile | undefined): News | null {
  if (upload === null || status === before?.status) return null
  if (status === 'ready' || status === 'failed') return status
  return before === undefined ? 'attached' : null
}

/** Whether a file has left because it was sent, and not because somebody took it out. */
function isSent({ store }: Thread, file: TurnFile): boolean {
  const { turns, queued } = store.getState()
  const last = [...turns.slice(-1), ...queued]
  return last.some(({ input }) => filesOf(input).some((other) => isSameFile(file, other)))
}
