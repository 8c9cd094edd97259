'use client'
import type { FileKind, UploadStatus } from '@fluokit/core/uploads'
import type { ReactNode } from 'react'
import { usePart, type PartProps } from '../part/use-part.ts'
import { useLabels } from '../use-labels.ts'
import { useAttachment, useFileDescription } from './use-attachment.ts'

/** `data-status` (`queued` `uploading` `ready` `failed`), `data-kind` (`document` `image` `audio`). */
export type AttachmentRootState = { readonly status: UploadStatus; readonly kind: FileKind }
export type AttachmentRootProps = PartProps<'div', AttachmentRootState>

/**
 * One file, in the composer or in a sent message. Renders a `<div role="group">` with the file's name, described by
 * Attachment.Status, so that a screen reader says whose the buttons inside are. In a list of yours give it
 * `role="listitem"`. Re-renders when the file changes, never with its progress.
 */
export function AttachmentRoot(props: AttachmentRootProps): ReactNode {
  const { fileName } = useLabels()
  const { status, kind, name } = useAttachment('Root')
  const description = useFileDescription(props['aria-describedby'])
  return usePart(
    'div',
    { ...props, 'aria-describedby': description },
    {
      part: 'attachment-root',
      state: { status, kind },
      props: { role: 'group', 'aria-label': fileName(name) },
    },
  )
}
