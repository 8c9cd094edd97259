'use client'
import type { RunEnd } from '@fluokit/core'
import { use, useSyncExternalStore, type ReactNode } from 'react'
import { RootContext } from '../chat-thread/root-context.ts'
import { useLabels } from '../use-labels.ts'
import { usePart, type PartProps } from '../part/use-part.ts'
import { useThreadState } from '../use-thread-state.ts'
import { useMessage } from './message-context.ts'
import { messageStatus, type MessageStatus as MessageStatusName } from './message-status.ts'

/** `data-status`, as on the message. */
export type MessageStatusState = { readonly status: MessageStatusName | null }
export type MessageStatusProps = PartProps<'div', MessageStatusState>

/**
 * How an answer ended that is not whole, in a short sentence. Renders a `<div>` under a message that was stopped,
 * cut off, failed or is of unknown outcome; nothing otherwise, and nothing while a `ChatThread.Error` on the page speaks of it.
 */
export function MessageStatus(props: MessageStatusProps): ReactNode {
  const message = useMessage()
  const status = messageStatus(message)
  if (status === null || status === 'done' || status === 'pending' || status === 'streaming') {
    return null
  }
  return <PartialStatus {...props} status={status} messageId={message.id} />
}

interface Partial {
  readonly status: Exclude<RunEnd, 'done'>
  readonly messageId: string
}

function PartialStatus({ status, messageId, ...props }: MessageStatusProps & Partial): ReactNode {
  const { ends } = useLabels()
  const isNewest = useThreadState((state) => {
    const run = state.turns.at(-1)?.runs.at(-1)
    return state.status === 'error' && run !== undefined && messageId.startsWith(`${run.id}:`)
  })
  const isSpokenOf = useHasErrorPart() && isNewest
  const element = usePart('div', props, {
    part: 'message-status',
    state: { status },
    props: { children: ends[status] },
  })
  return isSpokenOf ? null : element
}

function useHasErrorPart(): boolean {
  const errorParts = use(RootContext)?.errorParts
  const read = (): boolean => (errorParts?.getState() ?? 0) > 0
  return useSyncExternalStore(errorParts?.subscribe ?? subscribeToNothing, read, () => false)
}

function subscribeToNothing(): () => void {
  return () => undefined
}
