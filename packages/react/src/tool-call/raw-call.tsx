import type { ReactNode } from 'react'
import { ToolCallDuration } from './duration.tsx'
import { ToolCallError } from './error.tsx'
import { ToolCallInput } from './input.tsx'
import { ToolCallName } from './name.tsx'
import { ToolCallOutput } from './output.tsx'
import { ToolCallPanel } from './panel.tsx'
import { ToolCallStatus } from './status.tsx'
import { ToolCallTrigger } from './trigger.tsx'

/** A call as it came, for one that no card can be made of. Stands in ToolCall.Root. */
export function RawCall(): ReactNode {
  return (
    <>
      <ToolCallTrigger>
        <ToolCallName /> <ToolCallStatus /> <ToolCallDuration />
      </ToolCallTrigger>
      <ToolCallPanel>
        <ToolCallInput />
        <ToolCallOutput />
        <ToolCallError />
      </ToolCallPanel>
    </>
  )
}
