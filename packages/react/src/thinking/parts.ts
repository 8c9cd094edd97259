export { ThinkingRoot as Root } from './root.tsx'
export { ThinkingTrigger as Trigger } from './trigger.tsx'
export { ThinkingPanel as Panel } from './panel.tsx'
