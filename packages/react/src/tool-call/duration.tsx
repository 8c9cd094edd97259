'use client'
import type { ReactNode } from 'react'
import { useLabels } from '../use-labels.ts'
import { usePart, type PartProps } from '../part/use-part.ts'
import { useToolCall } from './tool-call-context.ts'
import { useElapsed } from './use-elapsed.ts'

/** `data-running` while it still counts. */
export type ToolCallDurationState = { readonly isRunning: boolean }
export type ToolCallDurationProps = PartProps<'span', ToolCallDurationState>

/**
 * How long the call took, or has been running. Renders a `<span>`, and nothing where no page saw the call begin or it
 * never ended. Re-renders once a second while the call runs.
 */
export function ToolCallDuration(props: ToolCallDurationProps): ReactNode {
  const { duration } = useLabels()
  const { startedAt, endedAt, status } = useToolCall()
  const isRunning = status === 'running'
  const elapsed = useElapsed(startedAt, endedAt, isRunning)
  const element = usePart('span', props, {
    part: 'tool-call-duration',
    state: { isRunning },
    props: elapsed === null ? {} : { children: duration(elapsed, isRunning) },
  })
  return elapsed === null ? null : element
}
