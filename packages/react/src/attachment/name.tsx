'use client'
import type { ReactNode } from 'react'
import { usePart, type PartProps } from '../part/use-part.ts'
import { useLabels } from '../use-labels.ts'
import { useAttachment } from './use-attachment.ts'

export type AttachmentNameState = Record<never, never>
export type AttachmentNameProps = PartProps<'span', AttachmentNameState>

/**
 * What the file is called. Renders a `<span dir="auto">`; of a file that is named by URL it shows the last segment only,
 * for the rest may be signed.
 */
export function AttachmentName(props: AttachmentNameProps): ReactNode {
  const { fileName } = useLabels()
  const { name } = useAttachment('Name')
  return usePart('span', props, {
    part: 'attachment-name',
    state: {},
    props: { dir: 'auto', children: name === '' ? fileName('') : name },
  })
}
