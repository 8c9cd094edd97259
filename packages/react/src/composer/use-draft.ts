'use client'
import type { Thread, TurnInput } from '@fluokit/core'
import { useLayoutEffect, useMemo, useReducer, useState } from 'react'
import { useStore } from 'zustand'
import { filesOf, type TurnFile } from '../attachment/turn-file.ts'
import { inputOf, type Draft, type Refusal } from './draft.ts'

/** The draft of one thread. */
export interface DraftStore {
  /** As it was rendered. */
  readonly draft: Draft
  /** As it is now, also in the task that has just changed it. */
  readonly read: () => Draft
  readonly write: (draft: Draft) => void
}

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
  const [refusals] = useState(() => new WeakMap<Thread, Refusal>())
  const [, rerender] = useReducer((count: number) => count + 1, 0)
  const input = useStore(thread.draft) ?? beginning
  const refusal = refusals.get(thread) ?? null

  const store = useMemo(() => {
    const files = keepFiles()
    const inputNow = (): TurnInput => thread.draft.getState() ?? beginning
    const read = (): Draft => ({
      text: inputNow().query,
      files: files(inputNow()),
      refusal: refusals.get(thread) ?? null,
    })
    return {
      files,
      read,
      write: ({ refusal: why, ...next }: Draft): void => {
        const before = read()
        if (next.files !== before.files) thread.setDraft(inputOf(next))
        else if (next.text !== before.text) thread.setDraft({ ...inputNow(), query: next.text })
        if (why === before.refusal) return
        if (why === null) refusals.delete(thread)
        else refusals.set(thread, why)
        rerender()
      },
    }
  }, [thread, beginning, refusals])

  const draft = useMemo(
    () => ({ text: value ?? input.query, files: store.files(input), refusal }),
    [store, input, value, refusal],
  )
  // What an app did not take up is forgotten: the text is what it says.
  useLayoutEffect(() => {
    const latest = store.read()
    if (value !== undefined && value !== latest.text) store.write({ ...latest, text: value })
  })
  return useMemo(() => ({ draft, read: store.read, write: store.write }), [draft, store])
}

/** The files of an input, the same list for as long as its own lists are the same: a keystroke changes none. */
function keepFiles(): (input: TurnInput) => readonly TurnFile[] {
  let known: TurnInput | null = null
  let files: readonly TurnFile[] = []
  return (input) => {
    const isKnown =
      known?.documents === input.documents &&
      known?.images === input.images &&
      known?.audios === input.audios
    if (known === null || !isKnown) files = filesOf(input)
    known = input
    return files
  }
}
