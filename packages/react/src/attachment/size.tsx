'use client'
import type { ReactNode } from 'react'
import { usePart, type PartProps } from '../part/use-part.ts'
import { useLabels } from '../use-labels.ts'
import { useAttachment } from './use-attachment.ts'

export type AttachmentSizeState = Record<never, never>
export type AttachmentSizeProps = PartProps<'span', AttachmentSizeState>

/** How large the file is. Renders a `<span dir="auto">`, and nothing for a file that is named by URL, whose size nobody knows. */
export function AttachmentSize(props: AttachmentSizeProps): ReactNode {
  const { fileSize } = useLabels()
  const { size } = useAttachment('Size')
  const element = usePart('span', props, {
    part: 'attachment-size',
    state: {},
    props: { dir: 'auto', children: size !== null && fileSize(size) },
  })
  return size === null ? null : element
}
