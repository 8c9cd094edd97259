'use client'
import type { ReactNode } from 'react'
import { usePart, type PartProps } from '../part/use-part.ts'
import { useToolCall } from './tool-call-context.ts'

export type ToolCallErrorState = Record<never, never>
export type ToolCallErrorProps = PartProps<'div', ToolCallErrorState>

/** What the tool said when it failed. Renders a `<div dir="auto">`, and nothing for a call that did not fail. */
export function ToolCallError(props: ToolCallErrorProps): ReactNode {
  const { error } = useToolCall()
  const element = usePart('div', props, {
    part: 'tool-call-error',
    state: {},
    props: { dir: 'auto', children: error },
  })
  return error === undefined ? null : element
}
