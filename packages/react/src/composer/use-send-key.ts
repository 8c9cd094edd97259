'use client'
import {
  useCallback,
  useEffect,
  useLayoutEffect,
  useState,
  type KeyboardEvent,
  type RefCallback,
  type RefObject,
} from 'react'
import { isOfInputMethod } from '../chat-thread/use-stop-on-escape.ts'
import { createSendKey, type SendKey } from './send-key.ts'
import { isSendingEnter, type SubmitMode } from './submit-mode.ts'

export interface SendKeyProps {
  readonly ref: RefCallback<HTMLTextAreaElement>
  readonly onKeyDown: (event: KeyboardEvent) => void
  readonly onKeyUp: () => void
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
  const ref = useCallback(
    (input: HTMLTextAreaElement | null) => {
      inputRef.current = input
      if (input === null) return undefined
      const unlisten = listen(input, sendKey)
      return () => {
        inputRef.current = null
        unlisten()
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
  }
}

/** Past React, whose own `onBeforeInput` is another event and knows no line breaks. */
function listen(input: HTMLTextAreaElement, sendKey: SendKey): () => void {
  const handlers = {
    blur: () => sendKey.blur(),
    compositionstart: () => sendKey.compositionStart(),
    compositionupdate: ({ data }: CompositionEvent) => sendKey.compositionUpdate(data),
    compositionend: ({ data }: CompositionEvent) => sendKey.compositionEnd(data),
    beforeinput(event: InputEvent) {
      if (isLineBreak(event) && sendKey.isSpentBreak()) event.preventDefault()
    },
  }
  const entries = Object.entries(handlers) as [string, EventListener][]
  for (const [type, handler] of entries) input.addEventListener(type, handler)
  return () => {
    for (const [type, handler] of entries) input.removeEventListener(type, handler)
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
