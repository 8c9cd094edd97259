'use client'
import type { ToolCallPart } from '@fluokit/core'
import type { ReactNode } from 'react'
import { useLabels } from '../use-labels.ts'
import { usePart, type PartProps } from '../part/use-part.ts'
import { useToolCall } from './tool-call-context.ts'

/** `data-status`, as on the root. */
export type ToolCallStatusState = { readonly status: ToolCallPart['status'] }
export type ToolCallStatusProps = PartProps<'span', ToolCallStatusState>

/** Where the call stands, in a word. Renders a `<span>`. */
export function ToolCallStatus(props: ToolCallStatusProps): ReactNode {
  const { toolStatus } = useLabels()
  const { status } = useToolCall()
  return usePart('span', props, {
    part: 'tool-call-status',
    state: { status },
    props: { children: toolStatus[status] },
  })
}
