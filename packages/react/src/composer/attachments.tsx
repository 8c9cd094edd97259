'use client'
import { memo, type ReactNode } from 'react'
import { useRequired } from '../contexts.ts'
import { AttachmentContext } from '../attachment/attachment-context.ts'
import { ComposerContext } from './composer-context.ts'
import type { TurnFile } from '../attachment/turn-file.ts'

export interface ComposerAttachmentsProps {
  /** Renders one file. Give it the same function each time, and a keystroke renders no file again. */
  readonly children: (file: TurnFile) => ReactNode
}

/** Every file that goes with the next turn, documents first, then images, then audios, each in a context of its own. Renders no element. */
export function ComposerAttachments({ children }: ComposerAttachmentsProps): ReactNode {
  const { view } = useRequired(ComposerContext, '<Composer.Attachments>', 'Composer.Root')
  return view.files.map((file) => (
    <AttachmentScope key={file.id} file={file}>
      {children}
    </AttachmentScope>
  ))
}

const AttachmentScope = memo(function AttachmentScope({
  file,
  children,
}: ComposerAttachmentsProps & { readonly file: TurnFile }): ReactNode {
  return <AttachmentContext value={file}>{children(file)}</AttachmentContext>
})
