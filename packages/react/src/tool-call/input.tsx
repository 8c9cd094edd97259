'use client'
import type { ReactNode } from 'react'
import { useLabels } from '../use-labels.ts'
import { usePart, type PartProps } from '../part/use-part.ts'
import { readableJson } from './readable-json.ts'
import { useToolCall } from './tool-call-context.ts'

export type ToolCallInputState = Record<never, never>
export type ToolCallInputProps = PartProps<'pre', ToolCallInputState>

/** The input of the tool as readable JSON. Renders a `<pre role="group">` named by the labels, which can be scrolled with the keyboard, and nothing while there is none. Children replace the JSON. */
export function ToolCallInput(props: ToolCallInputProps): ReactNode {
  const labels = useLabels()
  const { input } = useToolCall()
  const element = usePart('pre', props, {
    part: 'tool-call-input',
    state: {},
    props: {
      role: 'group',
      'aria-label': labels.input,
      dir: 'auto',
      tabIndex: 0,
      children: readableJson(input),
    },
  })
  return input === undefined ? null : element
}
