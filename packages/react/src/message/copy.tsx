'use client'
import { use, useEffect, useState, type ReactNode } from 'react'
import { useLabels } from '../use-labels.ts'
import { RootContext } from '../chat-thread/root-context.ts'
import { usePart, type PartProps } from '../part/use-part.ts'
import { useMessageOutline } from './message-context.ts'
import { TurnContext } from './turn-scope.ts'
import { hasText, plainTextOf } from './plain-text-of.ts'

/** `data-copied` or `data-failed` for two seconds after a press, by how it went. */
export type MessageCopyState = { readonly isCopied: boolean; readonly isFailed: boolean }
export type MessageCopyProps = PartProps<'button', MessageCopyState>

/** How long the outcome of a press is shown, in milliseconds. */
const shownFor = 2000

/**
 * Copies the text of the message as it was written; thinking and tool calls are left out. Renders a `<button>` whose
 * name says for two seconds whether it worked, which is announced too (a page without a secure origin has no clipboard to write to), and
 * nothing for a message without text.
 */
export function MessageCopy(props: MessageCopyProps): ReactNode {
  const { copy, copied, copyFailed } = useLabels()
  const message = useMessageOutline()
  const growth = use(TurnContext)?.growth
  const root = use(RootContext)
  // An object a press: the second of two shows its own for two seconds too.
  const [outcome, setOutcome] = useState<{ readonly isDone: boolean } | null>(null)
  useEffect(() => {
    if (outcome === null) return
    const timer = setTimeout(() => setOutcome(null), shownFor)
    return () => clearTimeout(timer)
  }, [outcome])
  const state = { isCopied: outcome?.isDone === true, isFailed: outcome?.isDone === false }
  const name = state.isCopied ? copied : state.isFailed ? copyFailed : copy
  const element = usePart('button', props, {
    part: 'message-copy',
    state,
    props: {
      type: 'button',
      'aria-label': name,
      children: name,
      onClick(event) {
        if (event.defaultPrevented) return
        const { clipboard } = event.currentTarget.ownerDocument.defaultView?.navigator ?? {}
        void write(clipboard, plainTextOf(growth?.latest(message) ?? message)).then((isDone) => {
          setOutcome({ isDone })
          root?.announcer.say(isDone ? copied : copyFailed, 'polite')
        })
      },
    },
  })
  return hasText(message) ? element : null
}

async function write(clipboard: Clipboard | undefined, text: string): Promise<boolean> {
  try {
    if (clipboard === undefined) return false
    await clipboard.writeText(text)
    return true
  } catch {
    return false // refused by the person or by a policy
  }
}
