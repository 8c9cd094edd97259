'use client'
import type { ReactNode } from 'react'
import { useLabels } from '../use-labels.ts'
import { usePart, type PartProps } from '../part/use-part.ts'
import { readableJson } from './readable-json.ts'
import { useToolCall } from './tool-call-context.ts'

export type ToolCallOutputState = Record<never, never>
export type ToolCallOutputProps = PartProps<'pre', ToolCallOutputState>

/** The output of the tool as readable JSON. Renders a `<pre role="group">` named by the labels, which can be scrolled with the keyboard, and nothing while there is none. Children replace the JSON. */
export function ToolCallOutput(props: ToolCallOutputProps): ReactNode {
  const labels = useLabels()
  const { output } = useToolCall()
  const element = usePart('pre', props, {
    part: 'tool-call-output',
    state: {},
    props: {
      role: 'group',
      'aria-label': labels.output,
      dir: 'auto',
      tabIndex: 0,
      children: readableJson(output),
    },
  })
  return output === undefined ? null : element
}
