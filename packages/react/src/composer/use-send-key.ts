'use client'
import {
  useCallback,
  useEffect,
  useLayoutEffect,
  useState,
  type CompositionEvent,
  type KeyboardEvent,
  type RefCallback,
  type RefObject,
} from 'react'
import { isOfInputMethod } from '../chat-thread/use-stop-on-escape.ts'
import { createSendKey } from './send-key.ts'
import { isSendingEnter, type SubmitMode } from './submit-mode.ts'

export interface SendKeyProps {
  readonly ref: RefCallback<HTMLTextAreaElement>
  readonly onKeyDown: (event: KeyboardEvent) => void
  readonly onKeyUp: () => void
  readonly onCompositionStart: () => void
  readonly onCompositionUpdate: (event: CompositionEvent) => void
  readonly onCompositionEnd: (event: CompositionEvent) => void
}

/** What an input needs to call `send` once for each Enter that sends, with the key press as its cause. */
export function useSendKey(
  inputRef: RefObject<HTMLTextAreaElement | null>,
  submitMode: SubmitMode,
  send: (event: Event | null) => void,
): SendKeyProps {
  const [sendKey] = useState(() => createSendKey(inNextTask))
  useLayoutEffect(() => {
    sendKey.onSend(send)
  })
  useEffect(() => () => sendKey.dispose(), [sendKey])
  // React's own onBeforeInput is another event, which knows no line breaks.
  const ref = useCallback(
    (input: HTMLTextAreaElement | null) => {
      inputRef.current = input
      if (input === null) return undefined
      const onBeforeInput = (event: InputEvent): void => {
        if (isLineBreak(event) && sendKey.isSpentBreak()) event.preventDefault()
      }
      input.addEventListener('beforeinput', onBeforeInput)
      return () => {
        inputRef.current = null
        input.removeEventListener('beforeinput', onBeforeInput)
      }
    },
    [inputRef, sendKey],
  )
  return {
    ref,
    onKeyDown(event) {
      const isEnter = !event.defaultPrevented && isEnterKey(event)
      const isSend = isEnter && isSendingEnter(submitMode, event)
      const facts = { isEnter, isSend, isProcessed: isOfInputMethod(event) }
      if (sendKey.keyDown(facts, event.nativeEvent)) event.preventDefault()
    },
    onKeyUp: sendKey.keyUp,
    onCompositionStart: sendKey.compositionStart,
    onCompositionUpdate: (event) => sendKey.compositionUpdate(event.data),
    onCompositionEnd: (event) => sendKey.compositionEnd(event.data),
  }
}

/** An input method on Windows names the key `Process`, and only its code says which it is. */
function isEnterKey({ key, code }: KeyboardEvent): boolean {
  return key === 'Enter' || (key === 'Process' && (code === 'Enter' || code === 'NumpadEnter'))
}

function isLineBreak({ inputType }: InputEvent): boolean {
  return inputType === 'insertLineBreak' || inputType === 'insertParagraph'
}

function inNextTask(work: () => void): () => void {
  const timer = setTimeout(work)
  return () => clearTimeout(timer)
}
