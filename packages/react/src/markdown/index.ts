export * as Markdown from './parts.ts'
export { MarkdownText, type MarkdownTextState, type MarkdownTextProps } from './text.tsx'
export type { MarkdownCode } from './markdown-options.ts'
export { defaultMarkdownLabels, type MarkdownLabels } from './markdown-labels.ts'
