'use client'
import type { ReactNode } from 'react'
import { useLabels } from '../use-labels.ts'
import { usePart, type PartProps } from '../part/use-part.ts'
import { useToolCall } from './tool-call-context.ts'

export type ToolCallNameState = Record<never, never>
export type ToolCallNameProps = PartProps<'span', ToolCallNameState>

/** The name of the tool, as the agent calls it. Renders a `<span dir="auto">`. */
export function ToolCallName(props: ToolCallNameProps): ReactNode {
  const { tool } = useLabels()
  const { name } = useToolCall()
  return usePart('span', props, {
    part: 'tool-call-name',
    state: {},
    props: name === '' ? { children: tool } : { children: name, dir: 'auto' },
  })
}
