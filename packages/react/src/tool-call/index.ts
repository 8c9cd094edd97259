export * as ToolCall from './parts.ts'
export { ToolCallRoot, type ToolCallRootState, type ToolCallRootProps } from './root.tsx'
export { ToolCallTrigger, type ToolCallTriggerProps } from './trigger.tsx'
export { ToolCallName, type ToolCallNameState, type ToolCallNameProps } from './name.tsx'
export { ToolCallStatus, type ToolCallStatusState, type ToolCallStatusProps } from './status.tsx'
export {
  ToolCallDuration,
  type ToolCallDurationState,
  type ToolCallDurationProps,
} from './duration.tsx'
export { ToolCallPanel, type ToolCallPanelState, type ToolCallPanelProps } from './panel.tsx'
export { ToolCallInput, type ToolCallInputState, type ToolCallInputProps } from './input.tsx'
export { ToolCallOutput, type ToolCallOutputState, type ToolCallOutputProps } from './output.tsx'
export { ToolCallError, type ToolCallErrorState, type ToolCallErrorProps } from './error.tsx'
export { useToolCall } from './tool-call-context.ts'
