'use client'
import type { ToolCallPart } from '@fluokit/core'
import type { ReactNode } from 'react'
import { DisclosureContext, useDisclosure } from '../part/use-disclosure.ts'
import { usePart, type PartProps } from '../part/use-part.ts'
import { useToolCall } from './tool-call-context.ts'

/** `data-status` (`running` `done` `failed` `unfinished`), `data-tool` (its name), `data-open`. */
export type ToolCallRootState = {
  readonly status: ToolCallPart['status']
  readonly tool: string
  readonly isOpen: boolean
}
export type ToolCallRootProps = PartProps<'div', ToolCallRootState> & {
  /** Whether input and output show before the person decides. @default true */
  readonly defaultOpen?: boolean
}

/** A call of a tool. Renders a `<div>`. Re-renders when the call changes. */
export function ToolCallRoot({ defaultOpen = true, ...props }: ToolCallRootProps): ReactNode {
  const { status, name } = useToolCall()
  const disclosure = useDisclosure(defaultOpen)
  const { isOpen } = disclosure
  const element = usePart('div', props, {
    part: 'tool-call-root',
    state: { status, tool: name, isOpen },
  })
  return <DisclosureContext value={disclosure}>{element}</DisclosureContext>
}
