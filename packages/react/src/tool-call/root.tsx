'use client'
import type { ToolCallPart, ToolName, TypedToolCall } from '@fluokit/core'
import type { ReactNode } from 'react'
import { Render } from '../part/render.tsx'
import { DisclosureContext, useDisclosure, type DisclosureOptions } from '../part/use-disclosure.ts'
import { usePart, type PartProps } from '../part/use-part.ts'
import { RawCall } from './raw-call.tsx'
import { useToolCall } from './tool-call-context.ts'

/** `data-status` (`running` `done` `failed` `unfinished` `invalid`), `data-tool` (its name), `data-open`. */
export type ToolCallRootState = {
  readonly status: ToolCallPart['status']
  readonly tool: string
  readonly isOpen: boolean
}
export type ToolCallRootProps<Name extends ToolName = ToolName> = Omit<
  PartProps<'div', ToolCallRootState>,
  'children'
> &
  DisclosureOptions & {
    /** Renders for calls of this tool only, and nothing for any other. */
    readonly tool?: Name | undefined
    /** What stands inside; or a function of the call, for one whose data fit the registered schemas. Any other call then stands there raw. */
    readonly children?: ReactNode | ((call: TypedToolCall<Name>) => ReactNode)
  }

/**
 * A call of a tool. Renders a `<div>`, and nothing where `tool` names another one. Open unless `defaultOpen` or `open` says
 * otherwise. Re-renders when the call changes.
 */
export function ToolCallRoot<Name extends ToolName = ToolName>({
  tool,
  children,
  open,
  defaultOpen,
  onOpenChange,
  ...props
}: ToolCallRootProps<Name>): ReactNode {
  const call = useToolCall()
  const { status, name } = call
  const disclosure = useDisclosure(true, { open, defaultOpen, onOpenChange })
  const { isOpen } = disclosure
  const content =
    typeof children !== 'function' ? (
      children
    ) : call.isTyped === true ? (
      <Render item={call as TypedToolCall<Name>}>{children}</Render>
    ) : (
      <RawCall />
    )
  const element = usePart(
    'div',
    { ...props, children: content },
    { part: 'tool-call-root', state: { status, tool: name, isOpen } },
  )
  if (tool !== undefined && tool !== name) return null
  return <DisclosureContext value={disclosure}>{element}</DisclosureContext>
}
