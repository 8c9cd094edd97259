export * as Thinking from './parts.ts'
export { ThinkingRoot, type ThinkingRootState, type ThinkingRootProps } from './root.tsx'
export { ThinkingTrigger, type ThinkingTriggerProps } from './trigger.tsx'
export { ThinkingPanel, type ThinkingPanelState, type ThinkingPanelProps } from './panel.tsx'
