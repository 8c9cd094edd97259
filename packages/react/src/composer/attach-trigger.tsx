'use client'
import { useEffect, useRef, type ReactNode } from 'react'
import { acceptOf } from '../attachment/accept-of.ts'
import { warnOfNoUploads } from '../attachment/warn-of-no-uploads.ts'
import { useRequired } from '../contexts.ts'
import { nameOfIcon } from '../part/name-of-icon.ts'
import { usePart, type PartProps } from '../part/use-part.ts'
import { useLabels } from '../use-labels.ts'
import { useThread } from '../use-thread.ts'
import { ComposerContext } from './composer-context.ts'

export type ComposerAttachTriggerState = Record<never, never>

export interface ComposerAttachTriggerProps extends PartProps<
  'button',
  ComposerAttachTriggerState
> {
  /** What the picker offers, as the attribute of `<input type="file">`. @default every type that may be uploaded */
  readonly accept?: string | undefined
  /** Whether several files can be picked at once. @default true */
  readonly multiple?: boolean | undefined
}

/**
 * Opens the picker of files, and uploads what is picked. Renders a `<button>`, and nothing where the client was given no
 * `uploads`, of which the console tells in development. The focus comes back to it.
 */
export function ComposerAttachTrigger(props: ComposerAttachTriggerProps): ReactNode {
  const { accept, multiple = true, ...rest } = props
  const { attach } = useLabels()
  const composer = useRequired(ComposerContext, '<Composer.AttachTrigger>', 'Composer.Root')
  const { addFiles } = composer.view
  const { uploads } = useThread()
  const picker = useRef<HTMLInputElement>(null) // some browsers forget one that nothing refers to
  useEffect(() => {
    if (uploads === null) warnOfNoUploads()
  }, [uploads])
  const element = usePart('button', rest, {
    part: 'composer-attach-trigger',
    state: {},
    props: {
      type: 'button',
      'aria-label': nameOfIcon(props.children, attach),
      children: attach,
      onClick(event) {
        if (event.defaultPrevented || uploads === null) return
        const button = event.currentTarget
        const input = button.ownerDocument.createElement('input')
        input.type = 'file'
        input.accept = accept ?? acceptOf(uploads.limits)
        input.multiple = multiple
        input.addEventListener('change', () => {
          button.focus({ preventScroll: true })
          addFiles(input.files ?? [])
        })
        input.addEventListener('cancel', () => button.focus({ preventScroll: true }))
        picker.current = input
        input.click()
      },
    },
  })
  return uploads === null ? null : element
}
