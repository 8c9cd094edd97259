'use client'
import type { Activity, ThreadStatus } from '@fluokit/core'
import type { ReactNode } from 'react'
import { useLabels } from '../use-labels.ts'
import type { Labels } from '../labels.ts'
import { usePart, type PartProps } from '../part/use-part.ts'
import { useThreadState } from '../use-thread-state.ts'

/** `data-status`, `data-activity`, as on the root. */
export type ChatThreadStatusState = {
  readonly status: ThreadStatus
  readonly activity: Activity
}
export type ChatThreadStatusProps = PartProps<'div', ChatThreadStatusState>

/**
 * What the thread is doing, in a word, also that not a byte has come for a while, or that the connection was lost and the answer
 * is looked for. Renders a `<div>`, always. It is not live: ChatThread.Root says what a screen
 * reader should hear. Re-renders when status or activity change.
 */
export function ChatThreadStatus(props: ChatThreadStatusProps): ReactNode {
  const labels = useLabels()
  const status = useThreadState((state) => state.status)
  const activity = useThreadState((state) => state.activity)
  const isRestoring = useThreadState((state) => state.isRestoring)
  return usePart('div', props, {
    part: 'chat-thread-status',
    state: { status, activity },
    props: { children: isRestoring ? labels.restoring : wordFor(status, activity, labels) },
  })
}

function wordFor(status: ThreadStatus, activity: Activity, labels: Labels): string {
  if (activity === 'slow' || activity === 'resuming') return labels[activity]
  if (status === 'submitted') return labels.connecting
  return status === 'streaming' ? labels.answering : ''
}
