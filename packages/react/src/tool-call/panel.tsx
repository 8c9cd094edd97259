'use client'
import type { ReactNode } from 'react'
import { useRequired } from '../contexts.ts'
import { DisclosureContext } from '../part/use-disclosure.ts'
import { usePart, type PartProps } from '../part/use-part.ts'

/** `data-open`. */
export type ToolCallPanelState = { readonly isOpen: boolean }
export type ToolCallPanelProps = PartProps<'div', ToolCallPanelState>

/** The place of input, output and error. Renders a `<div>`, hidden while closed. */
export function ToolCallPanel(props: ToolCallPanelProps): ReactNode {
  const { isOpen, panel } = useRequired(DisclosureContext, '<ToolCall.Panel>', 'ToolCall.Root')
  return usePart('div', props, { part: 'tool-call-panel', state: { isOpen }, props: panel })
}
