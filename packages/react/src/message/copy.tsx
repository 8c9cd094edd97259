'use client'
import { use, useEffect, useState, type ReactNode } from 'react'
import { useLabels } from '../use-labels.ts'
import { RootContext } from '../chat-thread/root-context.ts'
import { usePart, type PartProps } from '../part/use-part.ts'
import { useMessage } from './message-context.ts'
import { plainTextOf } from './plain-text-of.ts'

/** `data-status` is `copied` or `failed` for two seconds after a press, absent otherwise. */
export type MessageCopyState = { readonly status: 'copied' | 'failed' | null }
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
  const message = useMessage()
  const root = use(RootContext)
  const [status, setStatus] = useState<MessageCopyState['status']>(null)
  useEffect(() => {
    if (status === null) return
    const timer = setTimeout(() => setStatus(null), shownFor)
    return () => clearTimeout(timer)
  }, [status])
  const name = status === null ? copy : status === 'copied' ? copied : copyFailed
  const text = plainTextOf(message)
  const element = usePart('button', props, {
    part: 'message-copy',
    state: { status },
    props: {
      type: 'button',
      'aria-label': name,
      children: name,
      onClick(event) {
        if (event.defaultPrevented) return
        const { clipboard } = event.currentTarget.ownerDocument.defaultView?.navigator ?? {}
        void write(clipboard, text).then((isDone) => {
          setStatus(isDone ? 'copied' : 'failed')
          root?.announcer.say(isDone ? copied : copyFailed, 'polite')
        })
      },
    },
  })
  return text === '' ? null : element
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
