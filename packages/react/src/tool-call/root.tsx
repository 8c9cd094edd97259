'use client'
import type { ToolCallPart } from '@fluokit/core'
import type { ReactNode } from 'react'
import { DisclosureContext, useDisclosure, type DisclosureOptions } from '../part/use-disclosure.ts'
import { usePart, type PartProps } from '../part/use-part.ts'
import { useToolCall } from './tool-call-context.ts'

/** `data-status` (`running` `done` `failed` `unfinished`), `data-tool` (its name), `data-open`. */
export type ToolCallRootState = {
  readonly status: ToolCallPart['status']
  readonly tool: string
  readonly isOpen: boolean
}
export type ToolCallRootProps = PartProps<'div', ToolCallRootState> & DisclosureOptions

/**
 * A call of a tool. Renders a `<div>`. Open unless `defaultOpen` or `open` says otherwise. Re-renders when the call
 * changes.
 */
export function ToolCallRoot({
  open,
  defaultOpen,
  onOpenChange,
  ...props
}: ToolCallRootProps): ReactNode {
  const { status, name } = useToolCall()
  const disclosure = useDisclosure(true, { open, defaultOpen, onOpenChange })
  const { isOpen } = disclosure
  const element = usePart('div', props, {
    part: 'tool-call-root',
    state: { status, tool: name, isOpen },
  })
  return <DisclosureContext value={disclosure}>{element}</DisclosureContext>
}
