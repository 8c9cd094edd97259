export {
  ChatThreadVirtualMessages,
  type ChatThreadVirtualMessagesProps,
} from './virtual-messages.tsx'
