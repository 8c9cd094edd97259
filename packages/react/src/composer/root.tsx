'use client'
import type { TurnInput } from '@fluokit/core'
import { use, useLayoutEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import { createStore } from 'zustand/vanilla'
import { RootContext } from '../chat-thread/root-context.ts'
import { useStopOnEscape } from '../chat-thread/use-stop-on-escape.ts'
import { usePart, type PartProps } from '../part/use-part.ts'
import { useLabels } from '../use-labels.ts'
import { useThread } from '../use-thread.ts'
import { ComposerContext } from './composer-context.ts'
import type { SubmitMode } from './submit-mode.ts'
import { refusalSentence } from './refusal-sentence.ts'
import type { ComposeOptions } from './composer-view.ts'
import { useCompose } from './use-compose.ts'
import { useComposerFocus } from './use-composer-focus.ts'

/**
 * `data-empty` while there is nothing to send, `data-running` while a run is open, `data-over-limit` while the text is
 * longer than can be sent, `data-waiting` while the draft is sent once its files are ready.
 */
export type ComposerRootState = {
  readonly isEmpty: boolean
  readonly isRunning: boolean
  readonly isOverLimit: boolean
  readonly isWaiting: boolean
}

export interface ComposerRootProps
  extends Omit<PartProps<'form', ComposerRootState>, keyof ComposeOptions>, ComposeOptions {
  /** Which key sends. @default 'enter' */
  readonly submitMode?: SubmitMode | undefined
  /**
   * The longest text that is sent, in UTF-16 units. A longer one stays in the input, whole. The default fits into the
   * mebibyte that a relay takes for a request, whatever the text is: JSON writes a unit in six bytes at the most.
   * @default 100_000
   */
  readonly maxLength?: number | undefined
}

/**
 * Where a person writes. Renders a `<form>`, and `render` must give one too. The input empties in the task that sends; a
 * text that is not taken comes back, before anything written since. Each thread has a draft of its own, stored with the
 * thread: it outlives an unmount and a reload. A send while files are on their way waits for them, and ends with the composer: the
 * draft stays. Escape ends that wait, else the open run. Re-renders with each keystroke, together with
 * its parts and nothing else.
 */
export function ComposerRoot(props: ComposerRootProps): ReactNode {
  const {
    submitMode = 'enter',
    maxLength = 100_000,
    value,
    defaultValue,
    onValueChange,
    onSend,
    ...rest
  } = props
  const root = use(RootContext)
  const inputRef = useRef<HTMLTextAreaElement>(null)
  const options = { value, defaultValue, onValueChange, onSend }
  const labels = useLabels()
  const thread = useThread()
  const say = (sentence: string): void => root?.announcer.say(sentence, 'polite')
  const [isComposing] = useState(() => createStore<boolean>(() => false))
  const { view, actions } = useCompose(thread, maxLength, options, isComposing, {
    onRefused(draft) {
      const limits = thread.uploads?.limits ?? null
      say(refusalSentence({ ...draft, maxLength, limits }, labels))
    },
    onWait: (count) => say(count === 0 ? labels.waitingCanceled : labels.waiting(count)),
  })
  const focus = useComposerFocus(inputRef, root?.logRef, view)
  const { removers, returnFocus, focusEnd, onFocus, onBlur } = focus
  const [descriptions] = useState(() => createStore<readonly string[]>(() => []))
  const onKeyDown = useStopOnEscape(actions.cancelWaiting)

  const own = useMemo(
    () => ({
      ...actions,
      putBack(...args: Parameters<typeof actions.putBack>) {
        const isBack = actions.putBack(...args)
        if (isBack) focusEnd()
        return isBack
      },
    }),
    [actions, focusEnd],
  )
  const { addFiles, removeFile, retryFile } = view
  const attachmentActions = useMemo(
    () => ({ remove: removeFile, retry: retryFile, removers }),
    [removeFile, retryFile, removers],
  )
  const handle = useMemo(
    () => ({
      inputRef,
      addFiles,
      putBack: (input: TurnInput) => void own.putBack(input, 'reuse', null),
    }),
    [own, addFiles],
  )
  useLayoutEffect(() => root?.addComposer(handle), [root, handle])

  const composer = useMemo(
    () => ({
      view,
      actions: own,
      submitMode,
      maxLength,
      inputRef,
      descriptions,
      attachmentActions,
      isComposing,
      returnFocus,
    }),
    [
      view,
      own,
      submitMode,
      maxLength,
      inputRef,
      descriptions,
      attachmentActions,
      isComposing,
      returnFocus,
    ],
  )
  const { isEmpty, isRunning, isOverLimit, isWaiting } = view
  const element = usePart('form', rest, {
    part: 'composer-root',
    state: { isEmpty, isRunning, isOverLimit, isWaiting },
    props: {
      onKeyDown,
      onFocus,
      onBlur,
      onSubmit(event) {
        // A form in a portal below this one submits itself.
        if (event.defaultPrevented || event.target !== event.currentTarget) return
        event.preventDefault()
        const submitter = (event.nativeEvent as SubmitEvent).submitter
        own.send(submitter === null ? 'imperative-action' : 'send-press', event.nativeEvent)
      },
    },
  })
  return <ComposerContext value={composer}>{element}</ComposerContext>
}
