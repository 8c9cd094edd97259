'use client'
import type { FileKind, UploadStatus } from '@fluokit/core/uploads'
import { use, useLayoutEffect, useRef, type ReactNode } from 'react'
import { usePart, type PartProps } from '../part/use-part.ts'
import { useLabels } from '../use-labels.ts'
import { AttachmentActionsContext } from './attachment-context.ts'
import { useAttachment, useFileDescription } from './use-attachment.ts'

/** `data-status` (`queued` `uploading` `ready` `failed`), `data-kind` (`document` `image` `audio`). */
export type AttachmentRemoveState = { readonly status: UploadStatus; readonly kind: FileKind }
export type AttachmentRemoveProps = PartProps<'button', AttachmentRemoveState>

/**
 * Takes the file around out; one that is being uploaded is left. Renders a `<button>` with the file's name in its own,
 * and nothing in a sent message. The focus moves to the next file's, else to the one before, else to the input.
 */
export function AttachmentRemove(props: AttachmentRemoveProps): ReactNode {
  const { removeAttachment } = useLabels()
  const file = useAttachment('Remove')
  const actions = use(AttachmentActionsContext)
  const removers = actions?.removers
  const description = useFileDescription(props['aria-describedby'])
  const ref = useRef<HTMLButtonElement>(null)
  useLayoutEffect(() => {
    const button = ref.current
    if (button === null || removers === undefined) return undefined
    removers.set(file.id, button)
    return () => void removers.delete(file.id)
  }, [removers, file.id])
  const element = usePart(
    'button',
    { ...props, 'aria-describedby': description },
    {
      part: 'attachment-remove',
      state: { status: file.status, kind: file.kind },
      ref,
      props: {
        type: 'button',
        'aria-label': removeAttachment(file.name),
        children: file.name,
        onClick(event) {
          if (!event.defaultPrevented) actions?.remove(file)
        },
      },
    },
  )
  return actions === null ? null : element
}
