'use client'
import { useEffect, useRef, type ReactNode } from 'react'
import type { ChatMessage } from '../chat-messages.ts'
import { useLabels } from '../use-labels.ts'
import { messageStatus } from './message-status.ts'

interface BrokenProps {
  /** The message in which something threw. */
  readonly message: ChatMessage
  /** What it says, as plain text. */
  readonly text: string
  readonly again: () => void
}

const preWrap = { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' } as const

/**
 * What stands in the place of a message, or a part of one, whose rendering threw: a sentence, and its text as it is.
 * Tries again once the message has ended: half an answer may be what could not be rendered.
 */
export function Broken({ message, text, again }: BrokenProps): ReactNode {
  const { broken } = useLabels()
  const status = messageStatus(message)
  const first = useRef(status)
  useEffect(() => {
    if (first.current !== status && status !== 'streaming') again()
  }, [status, again])
  return (
    <div data-part="broken">
      <div data-part="broken-note">{broken}</div>
      <div dir="auto" style={preWrap}>
        {text}
      </div>
    </div>
  )
}
