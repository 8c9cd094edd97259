'use client'
import type { ReactNode } from 'react'
import { useRequired } from '../contexts.ts'
import { DisclosureContext } from '../part/use-disclosure.ts'
import { usePart, type PartProps } from '../part/use-part.ts'
import type { ToolCallRootState } from './root.tsx'
import { useToolCall } from './tool-call-context.ts'

export type ToolCallTriggerProps = PartProps<'button', ToolCallRootState>

/** Opens and closes input and output. Renders a `<button>` with `aria-expanded` and the root's data attributes. */
export function ToolCallTrigger(props: ToolCallTriggerProps): ReactNode {
  const { status, name } = useToolCall()
  const { isOpen, trigger } = useRequired(DisclosureContext, '<ToolCall.Trigger>', 'ToolCall.Root')
  return usePart('button', props, {
    part: 'tool-call-trigger',
    state: { status, tool: name, isOpen },
    props: trigger,
  })
}
