export { MarkdownText as Text } from './text.tsx'
