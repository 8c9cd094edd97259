'use client'
import type { Upload } from '@fluokit/core/uploads'
import type { ReactNode } from 'react'
import { useStore } from 'zustand'
import { usePart, type PartProps } from '../part/use-part.ts'
import { useLabels } from '../use-labels.ts'
import { isOnItsWay } from './turn-file.ts'
import { useAttachment } from './use-attachment.ts'

/** `data-status` (`queued` `uploading`), `data-percent` how much of the file is sent, from 0 to 100. */
export type AttachmentProgressState = {
  readonly status: 'queued' | 'uploading'
  readonly percent: number
}
export type AttachmentProgressProps = PartProps<'div', AttachmentProgressState>

/**
 * How far the file has come. Renders a `<div role="progressbar">` named after the file while it is queued or being
 * uploaded, and nothing otherwise. The custom property `--percent` is the same number, for a bar's width. Inline style: that.
 * Re-renders with each whole percent; nothing else does.
 */
export function AttachmentProgress(props: AttachmentProgressProps): ReactNode {
  const file = useAttachment('Progress')
  const { upload } = file
  return upload === null || !isOnItsWay(file) ? null : <Bar {...props} upload={upload} />
}

function Bar({
  upload,
  ...props
}: AttachmentProgressProps & { readonly upload: Upload }): ReactNode {
  const { progress, progressText } = useLabels()
  const { name, size } = upload
  const percent = useStore(upload.progress, (sent) => percentOf(sent, size))
  const sent = Math.round((size * percent) / 100)
  return usePart('div', props, {
    part: 'attachment-progress',
    state: { status: upload.status === 'queued' ? 'queued' : 'uploading', percent },
    props: {
      role: 'progressbar',
      'aria-label': progress(name),
      'aria-valuemin': 0,
      'aria-valuemax': 100,
      'aria-valuenow': percent,
      'aria-valuetext': progressText(sent, size),
      style: { ['--percent' as string]: percent },
    },
  })
}

function percentOf(sent: number, size: number): number {
  return size === 0 ? 0 : Math.min(100, Math.floor((sent / size) * 100))
}
