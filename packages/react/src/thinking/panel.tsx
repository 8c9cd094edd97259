'use client'
import type { ReactNode } from 'react'
import { useRequired } from '../contexts.ts'
import { MessageText } from '../message/text.tsx'
import { DisclosureContext } from '../part/use-disclosure.ts'
import { usePart, type PartProps } from '../part/use-part.ts'

/** `data-open`. */
export type ThinkingPanelState = { readonly isOpen: boolean }
export type ThinkingPanelProps = PartProps<'div', ThinkingPanelState>

/** What was thought. Renders a `<div>`, hidden while closed. Children replace the text. */
export function ThinkingPanel(props: ThinkingPanelProps): ReactNode {
  const { isOpen, panel } = useRequired(DisclosureContext, '<Thinking.Panel>', 'Thinking.Root')
  return usePart('div', props, {
    part: 'thinking-panel',
    state: { isOpen },
    props: { ...panel, children: <MessageText /> },
  })
}
