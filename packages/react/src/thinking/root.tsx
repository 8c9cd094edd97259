'use client'
import type { ReactNode } from 'react'
import { useRequired } from '../contexts.ts'
import { PartContext } from '../message/part-scope.ts'
import { DisclosureContext, useDisclosure, type DisclosureOptions } from '../part/use-disclosure.ts'
import { usePart, type PartProps } from '../part/use-part.ts'

/** `data-open`; `data-status` is `running` while thinking is the newest thing, `done` afterwards. */
export type ThinkingRootState = { readonly isOpen: boolean; readonly status: 'running' | 'done' }
export type ThinkingRootProps = PartProps<'div', ThinkingRootState> & DisclosureOptions

/**
 * A piece of the agent's thinking. Renders a `<div>`. Open until text or the next thought follows it and closed
 * afterwards, unless the person decides otherwise. Re-renders when that changes, and with nothing else of its message.
 */
export function ThinkingRoot({
  open,
  defaultOpen,
  onOpenChange,
  ...props
}: ThinkingRootProps): ReactNode {
  const { isNewest, isBeforeAnswer } = useRequired(PartContext, '<Thinking.Root>', 'Message.Parts')
  const status = isNewest ? 'running' : 'done'
  const disclosure = useDisclosure(isBeforeAnswer, { open, defaultOpen, onOpenChange })
  const element = usePart('div', props, {
    part: 'thinking-root',
    state: { isOpen: disclosure.isOpen, status },
  })
  return <DisclosureContext value={disclosure}>{element}</DisclosureContext>
}
