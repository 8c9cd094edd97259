'use client'
import type { FileKind } from '@fluokit/core/uploads'
import { use, type ReactNode } from 'react'
import { usePart, type PartProps } from '../part/use-part.ts'
import { useLabels } from '../use-labels.ts'
import { AttachmentActionsContext } from './attachment-context.ts'
import { useAttachment, useFileDescription } from './use-attachment.ts'

/** `data-kind` (`document` `image` `audio`). */
export type AttachmentRetryState = { readonly kind: FileKind }
export type AttachmentRetryProps = PartProps<'button', AttachmentRetryState>

/**
 * Uploads a failed file again. Renders a `<button>` with the file's name in its own where that could help, and nothing
 * otherwise: a file that is too large stays so. The button goes away; the focus moves to the file's Remove.
 */
export function AttachmentRetry(props: AttachmentRetryProps): ReactNode {
  const { retry, retryAttachment } = useLabels()
  const file = useAttachment('Retry')
  const actions = use(AttachmentActionsContext)
  const description = useFileDescription(props['aria-describedby'])
  const element = usePart(
    'button',
    { ...props, 'aria-describedby': description },
    {
      part: 'attachment-retry',
      state: { kind: file.kind },
      props: {
        type: 'button',
        'aria-label': retryAttachment(file.name),
        children: retry,
        onClick(event) {
          if (event.defaultPrevented) return
          actions?.removers.get(file.id)?.focus({ preventScroll: true })
          actions?.retry(file)
        },
      },
    },
  )
  const canRetry = file.status === 'failed' && file.upload?.canRetry === true
  return actions !== null && canRetry ? element : null
}
