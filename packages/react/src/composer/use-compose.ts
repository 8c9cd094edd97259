'use client'
import { isBusy, takesTurn, type FileRef, type ReadableStore, type Thread } from '@fluokit/core'
import type { FileKind } from '@fluokit/core/uploads'
import { useEffect, useLayoutEffect, useMemo, useRef } from 'react'
import { changeDetails } from '../part/change-details.ts'
import { useThreadState } from '../use-thread-state.ts'
import { removeFile } from '../attachment/remove-file.ts'
import { filesOf, isOnItsWay, turnFile, type TurnFile } from '../attachment/turn-file.ts'
import { warnOfNoUploads } from '../attachment/warn-of-no-uploads.ts'
import { hasText, inputOf, joinTexts, withFile, type Draft, type Refusal } from './draft.ts'
import type {
  Compose,
  ComposeListeners,
  ComposeOptions,
  ComposerActions,
  ValueReason,
  SendReason,
} from './composer-view.ts'
import { useDraft } from './use-draft.ts'
import { useWait } from './use-wait.ts'

/** The draft of a thread and what can be done with it. Re-renders with each change of it and when a run begins or ends. */
export function useCompose(
  thread: Thread,
  maxLength: number,
  options: ComposeOptions,
  isHeld: ReadableStore<boolean>,
  listeners: ComposeListeners,
): Compose {
  const isRunning = useThreadState(isBusy)
  const isTaken = useThreadState((state) => takesTurn(state, thread.whenBusy))
  const { draft, read, write } = useDraft(thread, options.value, options.defaultValue ?? '')
  const wait = useWait(thread, isHeld)
  const { isWaiting, isOn, begin, cancel } = wait
  const latest = useRef({ thread, maxLength, options, listeners })
  useLayoutEffect(() => {
    latest.current = { thread, maxLength, options, listeners }
  })

  const { actions, calls, forget } = useMemo(() => {
    function change(to: Partial<Draft>, reason: ValueReason, event: Event | null = null): boolean {
      const before = read()
      const after = { ...before, refusal: null, leftOut: 0, ...to }
      const isShown = latest.current.thread === thread
      if (after.text !== before.text && isShown) {
        const details = changeDetails(reason, event)
        latest.current.options.onValueChange?.(after.text, details)
        if (details.isCanceled) return false
      }
      write(after)
      return true
    }

    function refuse(refusal: Refusal, leftOut = 0): void {
      const refused = { ...read(), refusal, leftOut }
      write(refused)
      latest.current.listeners.onRefused(refused)
    }

    function send(reason: SendReason, event: Event | null, hasWaited = false): void {
      if (isOn()) return
      const taken = read()
      const going = taken.files.filter(({ status }) => status !== 'failed')
      if (!hasText(taken.text) && going.length === 0) {
        if (taken.files.length > 0) refuse('upload-failed')
        else if (reason === 'send-press' && !hasWaited) refuse('empty')
        return
      }
      if (taken.text.length > latest.current.maxLength) return refuse('too-long')
      if (!takesTurn(thread.store.getState(), thread.whenBusy)) return refuse('busy')
      const pending = taken.files.filter(isOnItsWay)
      if (pending.length > 0) return waitFor(pending.length, reason, event)
      const input = inputOf(taken)
      const details = changeDetails(reason, event)
      latest.current.options.onSend?.(input, details)
      if (details.isCanceled) return
      const sending = thread.send(input) // first: what is sent is remembered before the draft is emptied
      change({ text: '', files: [] }, 'sent', event)
      void sending.then((result) => {
        if (result.sent || result.reason === 'removed') return // a text that was forgotten does not come back
        takeBack(taken, result.reason === 'canceled' ? null : result.reason)
      })
    }

    function waitFor(count: number, reason: SendReason, event: Event | null): void {
      change({}, 'imperative-action')
      begin((hasFailed) => {
        if (hasFailed) refuse('upload-failed')
        else send(reason, event, true)
      })
      latest.current.listeners.onWait(count)
    }

    /** Before what was written since; what the app did not let go is there already. */
    function takeBack(taken: Draft, refusal: Refusal | null): void {
      const since = read()
      const text = since.text === taken.text ? since.text : joinTexts(taken.text, since.text)
      const sent = taken.files.filter(({ file }) => file !== null)
      change({ text, files: since.files.reduce(withFile, sent), refusal }, 'refused')
      if (refusal !== null) latest.current.listeners.onRefused(read())
    }

    const made: ComposerActions = {
      write: (text, reason, event) => void change({ text }, reason, event),
      send: (reason, event) => send(reason, event),
      cancelWaiting() {
        const isOver = cancel()
        if (isOver) latest.current.listeners.onWait(0)
        return isOver
      },
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
        cancelWaiting: () => void made.cancelWaiting(),
        addFile: (kind: FileKind, file: FileRef) =>
          void change({ files: withFile(read().files, turnFile(kind, file)) }, 'imperative-action'),
        addFiles(files: Iterable<File>) {
          if (thread.uploads === null) return warnOfNoUploads()
          change({}, 'imperative-action')
          const leftOut = thread.uploads.add(files)
          if (leftOut > 0) refuse('too-many-files', leftOut)
        },
        removeFile(file: TurnFile) {
          removeFile(thread, file)
          change({}, 'imperative-action')
        },
        retryFile({ upload }: TurnFile) {
          change({}, 'imperative-action')
          if (upload !== null) thread.uploads?.retry(upload.id)
        },
      },
      forget: () => {
        const { refusal } = read()
        if (refusal !== null && !isOfFiles(refusal)) write({ ...read(), refusal: null })
      },
    }
  }, [thread, read, write, isOn, begin, cancel])

  useEffect(() => {
    if (!isRunning) forget()
  }, [isRunning, forget])

  const isOverLimit = draft.text.length > maxLength
  const isEmpty = draft.files.every(({ status }) => status === 'failed') && !hasText(draft.text)
  const view = useMemo(
    () => ({
      ...draft,
      ...calls,
      isEmpty,
      isRunning,
      isOverLimit,
      isWaiting,
      canSend: !isEmpty && isTaken && !isOverLimit && !isWaiting,
    }),
    [draft, calls, isRunning, isTaken, isOverLimit, isEmpty, isWaiting],
  )
  return { view, actions }
}

/** Whether a refusal has nothing to do with a run, and outlives it. */
function isOfFiles(refusal: Refusal): boolean {
  return refusal === 'upload-failed' || refusal === 'too-many-files'
}
