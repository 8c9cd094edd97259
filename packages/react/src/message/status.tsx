'use client'
import type { RunEnd } from '@fluokit/core'
import { use, useCallback, useSyncExternalStore, type ReactNode } from 'react'
import { RootContext } from '../chat-thread/root-context.ts'
import { useLabels } from '../use-labels.ts'
import { usePart, type PartProps } from '../part/use-part.ts'
import { useThread } from '../use-thread.ts'
import { useIsNewest, useMessageOutline } from './message-context.ts'
import { messageStatus, type MessageStatus as MessageStatusName } from './message-status.ts'

/** `data-status`, as on the message. */
export type MessageStatusState = { readonly status: MessageStatusName | null }
export type MessageStatusProps = PartProps<'div', MessageStatusState>

/**
 * How an answer ended that is not whole, in a short sentence. Renders a `<div>` under a message that was stopped,
 * cut off, failed or is of unknown outcome; nothing otherwise, and nothing while a `ChatThread.Error` on the page speaks of it.
 */
export function MessageStatus(props: MessageStatusProps): ReactNode {
  const message = useMessageOutline()
  const status = messageStatus(message)
  if (status === null || status === 'done' || status === 'pending' || status === 'streaming') {
    return null
  }
  return <PartialStatus {...props} status={status} />
}

interface Partial {
  readonly status: Exclude<RunEnd, 'done'>
}

function PartialStatus({ status, ...props }: MessageStatusProps & Partial): ReactNode {
  const { ends } = useLabels()
  const isSpokenOf = useIsSpokenOf()
  const element = usePart('div', props, {
    part: 'message-status',
    state: { status },
    props: { children: ends[status] },
  })
  return isSpokenOf ? null : element
}

/** Whether a ChatThread.Error on the page speaks of the message around, which is the newest then: no other listens. */
function useIsSpokenOf(): boolean {
  const isNewest = useIsNewest()
  const { store } = useThread()
  const errorParts = use(RootContext)?.errorParts
  const subscribe = useCallback(
    (onChange: () => void) => {
      if (!isNewest || errorParts === undefined) return () => undefined
      const leaveStore = store.subscribe(onChange)
      const leaveParts = errorParts.subscribe(onChange)
      return () => {
        leaveStore()
        leaveParts()
      }
    },
    [isNewest, store, errorParts],
  )
  const read = (): boolean =>
    isNewest && (errorParts?.getState() ?? 0) > 0 && store.getState().status === 'error'
  return useSyncExternalStore(subscribe, read, () => false)
}
