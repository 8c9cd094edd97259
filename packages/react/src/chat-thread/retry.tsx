'use client'
import { use, type ReactNode } from 'react'
import { useLabels } from '../contexts.ts'
import { usePart, type PartProps } from '../part/use-part.ts'
import { useThreadState } from '../use-thread-state.ts'
import { useThread } from '../use-thread.ts'
import { RootContext } from './root-context.ts'

export type ChatThreadRetryState = Record<never, never>
export type ChatThreadRetryProps = PartProps<'button', ChatThreadRetryState>

/**
 * Asks for the last turn again. Renders a `<button>` while there is an error to recover from, and nothing otherwise.
 * Where the thread itself is gone, the turn begins a new one. The button goes away with the error: a keyboard's focus
 * moves to the input, a pointer's to the log, where it opens no on-screen keyboard.
 */
export function ChatThreadRetry(props: ChatThreadRetryProps): ReactNode {
  const { retry: label } = useLabels()
  const thread = useThread()
  const root = use(RootContext)
  const code = useThreadState((state) => (state.status === 'error' ? state.error?.code : undefined))
  const element = usePart('button', props, {
    part: 'chat-thread-retry',
    state: {},
    props: {
      type: 'button',
      children: label,
      onClick(event) {
        if (event.defaultPrevented) return
        const isKeyboard = event.detail === 0
        const target = isKeyboard ? root?.inputRef : root?.logRef
        target?.current?.focus({ preventScroll: true })
        void thread.retry({ inNewThread: code === 'thread-gone' })
      },
    },
  })
  return code === undefined ? null : element
}
