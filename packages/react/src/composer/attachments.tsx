'use client'
import type { ReactNode } from 'react'
import { useRequired } from '../contexts.ts'
import { AttachmentScope } from '../attachment/attachment-scope.tsx'
import { ComposerContext } from './composer-context.ts'
import type { TurnFile } from '../attachment/turn-file.ts'

export interface ComposerAttachmentsProps {
  /** Renders one file. Give it the same function each time, and a keystroke renders no file again. */
  readonly children: (file: TurnFile) => ReactNode
}

/**
 * Every file that goes with the next turn, is on its way or has failed, in the order in which they were added, each in a
 * context of its own for the parts of Attachment. Renders no element. A file that becomes ready keeps its place and its
 * element. A file that throws takes nothing else down.
 */
export function ComposerAttachments({ children }: ComposerAttachmentsProps): ReactNode {
  const composer = useRequired(ComposerContext, '<Composer.Attachments>', 'Composer.Root')
  return composer.view.files.map((file) => (
    <AttachmentScope key={file.id} file={file} actions={composer.attachmentActions}>
      {children}
    </AttachmentScope>
  ))
}
