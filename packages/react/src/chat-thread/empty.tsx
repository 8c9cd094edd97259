'use client'
import type { ReactNode } from 'react'
import { useLabels } from '../use-labels.ts'
import { usePart, type PartProps } from '../part/use-part.ts'
import { useThreadState } from '../use-thread-state.ts'

export type ChatThreadEmptyState = Record<never, never>
export type ChatThreadEmptyProps = PartProps<'div', ChatThreadEmptyState>

/** Shown while the thread has no turn. Renders a `<div>`, and nothing once there is one or while it is restored. */
export function ChatThreadEmpty(props: ChatThreadEmptyProps): ReactNode {
  const { empty } = useLabels()
  const isEmpty = useThreadState(({ turns, isRestoring }) => turns.length === 0 && !isRestoring)
  const element = usePart('div', props, {
    part: 'chat-thread-empty',
    state: {},
    props: { children: empty },
  })
  return isEmpty ? element : null
}
