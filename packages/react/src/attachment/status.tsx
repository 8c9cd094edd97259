'use client'
import type { UploadStatus } from '@fluokit/core/uploads'
import { use, type ReactNode } from 'react'
import { useDescription } from '../part/use-description.ts'
import { useRequired } from '../contexts.ts'
import { usePart, type PartProps } from '../part/use-part.ts'
import { useLabels } from '../use-labels.ts'
import { AttachmentActionsContext, AttachmentDescriptionsContext } from './attachment-context.ts'
import { uploadSentence } from './upload-sentence.ts'
import { useAttachment } from './use-attachment.ts'

/** `data-status` (`queued` `uploading` `ready` `failed`). */
export type AttachmentStatusState = { readonly status: UploadStatus }
export type AttachmentStatusProps = PartProps<'span', AttachmentStatusState>

/**
 * How the file stands: a word, and of one that failed the reason as well. Renders a `<span dir="auto">` that describes Root, Retry
 * and Remove of the same file, and nothing in a sent message. It is not live: the thread's announcer says what has changed.
 */
export function AttachmentStatus(props: AttachmentStatusProps): ReactNode {
  const labels = useLabels()
  const { status, upload } = useAttachment('Status')
  const isShown = use(AttachmentActionsContext) !== null
  const descriptions = useRequired(
    AttachmentDescriptionsContext,
    '<Attachment.Status>',
    'Composer.Attachments',
  )
  const id = useDescription(descriptions, props.id, isShown)
  const why = upload?.error == null ? '' : ` ${uploadSentence(upload, labels)}`
  const element = usePart('span', props, {
    part: 'attachment-status',
    state: { status },
    props: { id, dir: 'auto', children: `${labels.uploadStatus[status]}${why}` },
  })
  return isShown ? element : null
}
