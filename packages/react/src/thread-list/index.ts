export * as ThreadList from './parts.ts'
export { ThreadListRoot, type ThreadListRootState, type ThreadListRootProps } from './root.tsx'
export { ThreadListNew, type ThreadListNewState, type ThreadListNewProps } from './new.tsx'
export { ThreadListItems, type ThreadListItemsState, type ThreadListItemsProps } from './items.tsx'
export { ThreadListItem, type ThreadListItemState, type ThreadListItemProps } from './item.tsx'
export {
  ThreadListTrigger,
  type ThreadListTriggerState,
  type ThreadListTriggerProps,
} from './trigger.tsx'
export { ThreadListTitle, type ThreadListTitleState, type ThreadListTitleProps } from './title.tsx'
export {
  ThreadListRename,
  type ThreadListRenameState,
  type ThreadListRenameProps,
} from './rename.tsx'
export {
  ThreadListRenameInput,
  type ThreadListRenameInputState,
  type ThreadListRenameInputProps,
} from './rename-input.tsx'
export {
  ThreadListDelete,
  type ThreadListDeleteState,
  type ThreadListDeleteProps,
} from './delete.tsx'
export { ThreadListEmpty, type ThreadListEmptyState, type ThreadListEmptyProps } from './empty.tsx'
export type { ThreadKeyReason } from './thread-list-actions.ts'
export { defaultThreadListLabels, type ThreadListLabels } from './thread-list-labels.ts'
