export * as Attachment from './parts.ts'
export { AttachmentRoot, type AttachmentRootState, type AttachmentRootProps } from './root.tsx'
export {
  AttachmentPreview,
  type AttachmentPreviewState,
  type AttachmentPreviewProps,
} from './preview.tsx'
export { AttachmentName, type AttachmentNameState, type AttachmentNameProps } from './name.tsx'
export { AttachmentSize, type AttachmentSizeState, type AttachmentSizeProps } from './size.tsx'
export {
  AttachmentStatus,
  type AttachmentStatusState,
  type AttachmentStatusProps,
} from './status.tsx'
export {
  AttachmentProgress,
  type AttachmentProgressState,
  type AttachmentProgressProps,
} from './progress.tsx'
export { AttachmentRetry, type AttachmentRetryState, type AttachmentRetryProps } from './retry.tsx'
export {
  AttachmentRemove,
  type AttachmentRemoveState,
  type AttachmentRemoveProps,
} from './remove.tsx'
export type { TurnFile } from './turn-file.ts'
