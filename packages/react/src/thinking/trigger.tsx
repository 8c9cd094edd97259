'use client'
import type { ReactNode } from 'react'
import { useRequired } from '../contexts.ts'
import { usePartScope } from '../message/message-context.ts'
import { useLabels } from '../use-labels.ts'
import { DisclosureContext } from '../part/use-disclosure.ts'
import { usePart, type PartProps } from '../part/use-part.ts'
import type { ThinkingRootState } from './root.tsx'

export type ThinkingTriggerProps = PartProps<'button', ThinkingRootState>

/** Opens and closes the thinking. Renders a `<button>` with `aria-expanded` and the root's data attributes. */
export function ThinkingTrigger(props: ThinkingTriggerProps): ReactNode {
  const { thinking, thought } = useLabels()
  const { isOpen, trigger } = useRequired(DisclosureContext, '<Thinking.Trigger>', 'Thinking.Root')
  const { part, isNewest, nextStartedAt } = usePartScope()
  const status = isNewest ? 'running' : 'done'
  const seconds = secondsBetween(part.startedAt, nextStartedAt)
  return usePart('button', props, {
    part: 'thinking-trigger',
    state: { isOpen, status },
    props: { ...trigger, children: status === 'running' ? thinking : thought(seconds) },
  })
}

/** Whole seconds, null where either moment is not known or there is less than one between them. */
function secondsBetween(from: number | undefined, to: number | undefined): number | null {
  if (from === undefined || to === undefined) return null
  const seconds = Math.round((to - from) / 1000)
  return seconds < 1 ? null : seconds
}
