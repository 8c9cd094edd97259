'use client'
import type { ReactNode } from 'react'
import { useRequired } from '../contexts.ts'
import { useLabels } from '../use-labels.ts'
import { DisclosureContext } from '../part/use-disclosure.ts'
import { usePart, type PartProps } from '../part/use-part.ts'
import { useThinkingSeconds, useThinkingStatus, type ThinkingRootState } from './root.tsx'

export type ThinkingTriggerProps = PartProps<'button', ThinkingRootState>

/** Opens and closes the thinking. Renders a `<button>` with `aria-expanded` and the root's data attributes. */
export function ThinkingTrigger(props: ThinkingTriggerProps): ReactNode {
  const { thinking, thought } = useLabels()
  const { isOpen, trigger } = useRequired(DisclosureContext, '<Thinking.Trigger>', 'Thinking.Root')
  const status = useThinkingStatus()
  const seconds = useThinkingSeconds()
  return usePart('button', props, {
    part: 'thinking-trigger',
    state: { isOpen, status },
    props: { ...trigger, children: status === 'running' ? thinking : thought(seconds) },
  })
}
