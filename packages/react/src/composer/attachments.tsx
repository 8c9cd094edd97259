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

/** Every file that goes with the next turn, documents first, then images, then audios, each in a context of its own. Renders no element. A file that throws takes nothing else down. */
export function ComposerAttachments({ children }: ComposerAttachmentsProps): ReactNode {
  const { view } = useRequired(ComposerContext, '<Composer.Attachments>', 'Composer.Root')
  return view.files.map((file) => (
    <AttachmentScope key={file.id} file={file}>
      {children}
    </AttachmentScope>
  ))
}
