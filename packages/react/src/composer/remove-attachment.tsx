'use client'
import { useLayoutEffect, useRef, type ReactNode } from 'react'
import { useRequired } from '../contexts.ts'
import { useLabels } from '../use-labels.ts'
import { usePart, type PartProps } from '../part/use-part.ts'
import { AttachmentContext } from '../attachment/attachment-context.ts'
import type { FileKind } from '../attachment/turn-file.ts'
import { ComposerContext } from './composer-context.ts'

/** `data-kind` (`document` `image` `audio`). */
export type ComposerRemoveAttachmentState = { readonly kind: FileKind }
export type ComposerRemoveAttachmentProps = PartProps<'button', ComposerRemoveAttachmentState>

/**
 * Takes the file around out of the draft. Renders a `<button>` with the file's name in its own. The focus moves to the
 * next file's, else to the one before, else to the input.
 */
export function ComposerRemoveAttachment(props: ComposerRemoveAttachmentProps): ReactNode {
  const { removeAttachment } = useLabels()
  const name = '<Composer.RemoveAttachment>'
  const file = useRequired(AttachmentContext, name, 'Composer.Attachments')
  const { view, removers } = useRequired(ComposerContext, name, 'Composer.Root')
  const ref = useRef<HTMLButtonElement>(null)
  useLayoutEffect(() => {
    const button = ref.current
    if (button === null) return undefined
    removers.set(file.id, button)
    return () => void removers.delete(file.id)
  }, [removers, file.id])
  return usePart('button', props, {
    part: 'composer-remove-attachment',
    state: { kind: file.kind },
    ref,
    props: {
      type: 'button',
      'aria-label': removeAttachment(file.name),
      children: file.name,
      onClick(event) {
        if (!event.defaultPrevented) view.removeFile(file)
      },
    },
  })
}
