'use client'
import type { Thread, TurnInput } from '@fluokit/core'
import { useLayoutEffect, useMemo, useReducer, useState } from 'react'
import { useStore } from 'zustand'
import { threadFiles } from '../attachment/thread-files.ts'
import { inputOf, type Draft } from './draft.ts'

/** The draft of one thread. */
export interface DraftStore {
  /** As it was rendered. */
  readonly draft: Draft
  /** As it is now, also in the task that has just changed it. */
  readonly read: () => Draft
  readonly write: (draft: Draft) => void
}

type Refused = Pick<Draft, 'refusal' | 'leftOut'>
const notRefused: Refused = { refusal: null, leftOut: 0 }

/**
 * The draft of a thread. It belongs to the thread: another one has another, and whoever comes back to it finds it again,
 * after a reload too. `defaultValue` stands where none was ever begun, `value` for its text. Re-renders with each change.
 */
export function useDraft(
  thread: Thread,
  value: string | undefined,
  defaultValue: string,
): DraftStore {
  const [beginning] = useState<TurnInput>(() => ({ query: defaultValue }))
  const [refused] = useState(() => new WeakMap<Thread, Refused>())
  const [, rerender] = useReducer((count: number) => count + 1, 0)
  const { query } = useStore(thread.draft) ?? beginning
  const files = useStore(threadFiles(thread))
  const { refusal, leftOut } = refused.get(thread) ?? notRefused

  const store = useMemo(() => {
    const all = threadFiles(thread)
    const inputNow = (): TurnInput => thread.draft.getState() ?? beginning
    const read = (): Draft => ({
      text: inputNow().query,
      files: all.getState(),
      ...(refused.get(thread) ?? notRefused),
    })
    return {
      read,
      write: (next: Draft): void => {
        const before = read()
        if (next.files !== before.files) thread.setDraft(inputOf(next))
        else if (next.text !== before.text) thread.setDraft({ ...inputNow(), query: next.text })
        if (next.refusal === before.refusal && next.leftOut === before.leftOut) return
        refused.set(thread, { refusal: next.refusal, leftOut: next.leftOut })
        rerender()
      },
    }
  }, [thread, beginning, refused])

  const draft = useMemo(
    () => ({ text: value ?? query, files, refusal, leftOut }),
    [files, query, value, refusal, leftOut],
  )
  // What an app did not take up is forgotten: the text is what it says.
  useLayoutEffect(() => {
    const latest = store.read()
    if (value !== undefined && value !== latest.text) store.write({ ...latest, text: value })
  })
  return useMemo(() => ({ draft, read: store.read, write: store.write }), [draft, store])
}
