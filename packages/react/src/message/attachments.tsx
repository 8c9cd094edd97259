'use client'
import type { ReactNode } from 'react'
import { AttachmentScope } from '../attachment/attachment-scope.tsx'
import { filesOf, type TurnFile } from '../attachment/turn-file.ts'
import { useMessageOutline } from './message-context.ts'

export interface MessageAttachmentsProps {
  /** Renders one file. Give it the same function each time, and a settled message renders none again. */
  readonly children: (file: TurnFile) => ReactNode
}

/**
 * Every file that went with what a person asked, documents first, then images, then audios, each in a context of its own
 * for the parts of Attachment. Renders no element, and
 * nothing in an answer. A file that throws takes nothing else down. A file's `name` is safe to show; its URL may be signed, so it is for opening only.
 */
export function MessageAttachments({ children }: MessageAttachmentsProps): ReactNode {
  const message = useMessageOutline()
  if (message.role === 'assistant') return null
  return filesOf(message.input).map((file, index) => (
    <AttachmentScope key={`${index} ${file.id}`} file={file} actions={null}>
      {children}
    </AttachmentScope>
  ))
}
