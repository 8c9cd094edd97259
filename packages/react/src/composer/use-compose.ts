'use client'
import { isBusy, takesTurn, type FileRef, type Thread, type TurnInput } from '@fluokit/core'
import { useEffect, useLayoutEffect, useMemo, useRef } from 'react'
import { changeDetails, type ChangeDetails } from '../part/change-details.ts'
import { useThreadState } from '../use-thread-state.ts'
import { filesOf, turnFile, type FileKind, type TurnFile } from '../attachment/turn-file.ts'
import { hasText, inputOf, joinTexts, withFile, type Draft, type Refusal } from './draft.ts'
import { useDraft } from './use-draft.ts'

/** What changed a text: the person, a send, the answer to it, a turn that was brought back, or a call of the app. */
export type ValueReason = 'input' | 'sent' | 'refused' | 'reuse' | 'edit-last' | 'imperative-action'

/** What sends: a key, the button, or a call of the app. */
export type SendReason = 'enter-key' | 'send-press' | 'imperative-action'

/** What an app may set and hear of a draft. */
export interface ComposeOptions {
  /** The text, where the app owns it: what is written is what `onValueChange` sets. */
  readonly value?: string | undefined
  /** What the draft of a thread begins with. */
  readonly defaultValue?: string | undefined
  /** Called before the text changes. `details.cancel()` keeps it as it is. */
  readonly onValueChange?:
    | ((value: string, details: ChangeDetails<ValueReason>) => void)
    | undefined
  /** Called before a turn is sent. `details.cancel()` sends nothing and keeps the draft. */
  readonly onSend?: ((input: TurnInput, details: ChangeDetails<SendReason>) => void) | undefined
}

/** A composer to read and to act on. The actions keep their identity for as long as the thread does. */
export interface ComposerView {
  readonly text: string
  /** Replaces the text, whatever its length. */
  readonly setText: (text: string) => void
  readonly files: readonly TurnFile[]
  /** Lets a file go with the next turn; one that does already stays where it is. */
  readonly addFile: (kind: FileKind, file: FileRef) => void
  /** Takes a file out. The focus never falls out of the page: it goes to a neighbour, or to the input. */
  readonly removeFile: (file: TurnFile) => void
  /** Sends the draft, unless it cannot be sent now: then it stays. */
  readonly submit: () => void
  /** Whether a send would be taken now: at once, or into the thread's queue. */
  readonly canSend: boolean
  /** Whether there is nothing to send: no file, and no text but white space. */
  readonly isEmpty: boolean
  readonly isRunning: boolean
  /** Whether the text is longer than can be sent. */
  readonly isOverLimit: boolean
  /** Why the last send was refused, until the next change or send, or the end of the run. */
  readonly refusal: Refusal | null
}

/** What the parts do, and why. */
export interface ComposerActions {
  readonly write: (text: string, reason: ValueReason, event: Event | null) => void
  readonly send: (reason: SendReason, event: Event | null) => void
  /** Puts an earlier turn under what is written. Says whether it did. */
  readonly putBack: (
    input: TurnInput,
    reason: 'reuse' | 'edit-last',
    event: Event | null,
  ) => boolean
}

export interface Compose {
  readonly view: ComposerView
  readonly actions: ComposerActions
}

/** The draft of a thread and what can be done with it. Re-renders with each change of it and when a run begins or ends. */
export function useCompose(
  thread: Thread,
  maxLength: number,
  options: ComposeOptions,
  onRefused: (refusal: Refusal, text: string) => void,
): Compose {
  const isRunning = useThreadState(isBusy)
  const isTaken = useThreadState((state) => takesTurn(state, thread.whenBusy))
  const { draft, read, write } = useDraft(thread, options.value, options.defaultValue ?? '')
  const latest = useRef({ thread, maxLength, options, onRefused })
  useLayoutEffect(() => {
    latest.current = { thread, maxLength, options, onRefused }
  })

  const { actions, calls, forget } = useMemo(() => {
    function change(to: Partial<Draft>, reason: ValueReason, event: Event | null = null): boolean {
      const before = read()
      const after = { ...before, refusal: null, ...to }
      const isShown = latest.current.thread === thread
      if (after.text !== before.text && isShown) {
        const details = changeDetails(reason, event)
        latest.current.options.onValueChange?.(after.text, details)
        if (details.isCanceled) return false
      }
      write(after)
      return true
    }

    function refuse(refusal: Refusal): void {
      const draft = read()
      write({ ...draft, refusal })
      latest.current.onRefused(refusal, draft.text)
    }

    function send(reason: SendReason, event: Event | null): void {
      const taken = read()
      if (!hasText(taken.text) && taken.files.length === 0) {
        if (reason === 'send-press') refuse('empty')
        return
      }
      if (taken.text.length > latest.current.maxLength) return refuse('too-long')
      if (!takesTurn(thread.store.getState(), thread.whenBusy)) return refuse('busy')
      const input = inputOf(taken)
      const details = changeDetails(reason, event)
      latest.current.options.onSend?.(input, details)
      if (details.isCanceled) return
      const sending = thread.send(input) // first: what is sent is remembered before the draft is emptied
      change({ text: '', files: [] }, 'sent', event)
      void sending.then((result) => {
        if (result.sent) return
        takeBack(taken, result.reason === 'canceled' ? null : result.reason)
      })
    }

    /** Before what was written since; what the app did not let go is there already. */
    function takeBack(taken: Draft, refusal: Refusal | null): void {
      const since = read()
      const text = since.text === taken.text ? since.text : joinTexts(taken.text, since.text)
      change({ text, files: since.files.reduce(withFile, taken.files), refusal }, 'refused')
      if (refusal !== null) latest.current.onRefused(refusal, text)
    }

    const made: ComposerActions = {
      write: (text, reason, event) => void change({ text }, reason, event),
      send,
      putBack(input, reason, event) {
        const { text, files } = read()
        const all = filesOf(input).reduce(withFile, files)
        return change({ text: joinTexts(text, input.query), files: all }, reason, event)
      },
    }
    return {
      actions: made,
      calls: {
        setText: (text: string) => made.write(text, 'imperative-action', null),
        submit: () => send('imperative-action', null),
        addFile: (kind: FileKind, file: FileRef) =>
          void change({ files: withFile(read().files, turnFile(kind, file)) }, 'imperative-action'),
        removeFile: ({ id }: TurnFile) =>
          void change(
            { files: read().files.filter((other) => other.id !== id) },
            'imperative-action',
          ),
      },
      forget: () => {
        if (read().refusal !== null) write({ ...read(), refusal: null })
      },
    }
  }, [thread, read, write])

  useEffect(() => {
    if (!isRunning) forget()
  }, [isRunning, forget])

  const isOverLimit = draft.text.length > maxLength
  const isEmpty = draft.files.length === 0 && !hasText(draft.text)
  const view = useMemo(
    () => ({
      ...draft,
      ...calls,
      isEmpty,
      isRunning,
      isOverLimit,
      canSend: !isEmpty && isTaken && !isOverLimit,
    }),
    [draft, calls, isRunning, isTaken, isOverLimit, isEmpty],
  )
  return { view, actions }
}
