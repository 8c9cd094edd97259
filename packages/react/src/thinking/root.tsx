'use client'
import type { ReactNode } from 'react'
import { useMessage, useMessagePart } from '../message/message-context.ts'
import { DisclosureContext, useDisclosure, type DisclosureOptions } from '../part/use-disclosure.ts'
import { usePart, type PartProps } from '../part/use-part.ts'

/** `data-open`; `data-status` is `running` while thinking is the newest thing, `done` afterwards. */
export type ThinkingRootState = { readonly isOpen: boolean; readonly status: 'running' | 'done' }
export type ThinkingRootProps = PartProps<'div', ThinkingRootState> & DisclosureOptions

/**
 * A piece of the agent's thinking. Renders a `<div>`. Open until text or the next thought follows it and closed
 * afterwards, unless the person decides otherwise. Re-renders with its message.
 */
export function ThinkingRoot({
  open,
  defaultOpen,
  onOpenChange,
  ...props
}: ThinkingRootProps): ReactNode {
  const status = useThinkingStatus()
  const disclosure = useDisclosure(useIsBeforeAnswer(), { open, defaultOpen, onOpenChange })
  const element = usePart('div', props, {
    part: 'thinking-root',
    state: { isOpen: disclosure.isOpen, status },
  })
  return <DisclosureContext value={disclosure}>{element}</DisclosureContext>
}

/** Whether this thinking is what the agent does right now. */
export function useThinkingStatus(): 'running' | 'done' {
  const message = useMessage()
  const part = useMessagePart()
  const isNewest =
    message.role === 'assistant' && message.end === null && message.parts.at(-1)?.id === part.id
  return isNewest ? 'running' : 'done'
}

/** How many whole seconds passed until the next part began, null where that is not known or less than one. */
export function useThinkingSeconds(): number | null {
  const message = useMessage()
  const part = useMessagePart()
  if (message.role === 'user') return null
  const next = message.parts[message.parts.findIndex(({ id }) => id === part.id) + 1]
  if (part.startedAt === undefined || next?.startedAt === undefined) return null
  const seconds = Math.round((next.startedAt - part.startedAt) / 1000)
  return seconds < 1 ? null : seconds
}

function useIsBeforeAnswer(): boolean {
  const message = useMessage()
  const part = useMessagePart()
  if (message.role === 'user' || message.end !== null) return false
  const place = message.parts.findIndex(({ id }) => id === part.id)
  return !message.parts.slice(place + 1).some(({ type }) => type === 'text' || type === 'thinking')
}
