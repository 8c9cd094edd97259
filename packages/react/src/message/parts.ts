export { MessageRoot as Root } from './root.tsx'
export { MessageParts as Parts } from './each-part.tsx'
export { MessageText as Text } from './text.tsx'
export { MessageStatus as Status } from './status.tsx'
