'use client'
import type { Thread } from '@fluokit/core'
import { useLayoutEffect, useMemo, useReducer, useState } from 'react'
import type { Draft } from './draft.ts'

/** The draft of one thread. */
export interface DraftStore {
  /** As it was rendered. */
  readonly draft: Draft
  /** As it is now, also in the task that has just changed it. */
  readonly read: () => Draft
  readonly write: (draft: Draft) => void
}

/**
 * The draft of a thread, for as long as the component lives: another thread has another one, and coming back finds
 * it again. Its text is `value` where that is given. Re-renders with each change of it.
 */
export function useDraft(
  thread: Thread,
  value: string | undefined,
  defaultValue: string,
): DraftStore {
  const [drafts] = useState(() => new WeakMap<Thread, Draft>())
  const [beginning] = useState<Draft>({ text: defaultValue, files: [], refusal: null })
  const [, rerender] = useReducer((count: number) => count + 1, 0)
  const stored = drafts.get(thread) ?? beginning
  const store = useMemo(
    () => ({
      read: () => drafts.get(thread) ?? beginning,
      write(next: Draft) {
        drafts.set(thread, next)
        rerender()
      },
    }),
    [drafts, beginning, thread],
  )
  const draft = useMemo(
    () => (value === undefined || value === stored.text ? stored : { ...stored, text: value }),
    [stored, value],
  )
  // What an app did not take up is forgotten: the text is what it says.
  useLayoutEffect(() => {
    const latest = store.read()
    if (value !== undefined && value !== latest.text) drafts.set(thread, { ...latest, text: value })
  })
  return useMemo(() => ({ draft, ...store }), [draft, store])
}
