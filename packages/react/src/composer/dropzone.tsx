'use client'
import { use, useRef, useState, type DragEvent, type ReactNode } from 'react'
import { areRefused, droppedFiles, hasFiles } from '../attachment/dragged-files.ts'
import { warnOfNoUploads } from '../attachment/warn-of-no-uploads.ts'
import { RootContext } from '../chat-thread/root-context.ts'
import { usePart, type PartProps } from '../part/use-part.ts'
import { useThread } from '../use-thread.ts'
import { ComposerContext } from './composer-context.ts'

/** `data-dragging` while files are over it, `data-refused` while these are all of types that may not be uploaded. */
export type ComposerDropzoneState = { readonly isDragging: boolean; readonly isRefused: boolean }
export type ComposerDropzoneProps = PartProps<'div', ComposerDropzoneState>

const away: ComposerDropzoneState = { isDragging: false, isRefused: false }

/**
 * Uploads the files that are dropped anywhere inside. Renders a `<div>`: around the composer's own parts, or around all of
 * ChatThread.Root's. The browser opens no file that is dropped here. Text and links are left alone, and where the
 * client was given no `uploads`, everything is. Re-renders as a drag comes and goes.
 */
export function ComposerDropzone(props: ComposerDropzoneProps): ReactNode {
  const root = use(RootContext)
  const composer = use(ComposerContext)
  const { uploads } = useThread()
  const [state, setState] = useState(away)
  const entered = useRef(new Set<EventTarget>())

  function leave(): void {
    entered.current.clear()
    setState(away)
  }

  /** Whether a drag is ours: of files, and nobody inside has taken it. */
  function isOurs(event: DragEvent): boolean {
    return uploads !== null && !event.defaultPrevented && hasFiles(event.dataTransfer)
  }

  return usePart('div', props, {
    part: 'composer-dropzone',
    state,
    props: {
      onDragEnter(event) {
        if (uploads === null || !isOurs(event)) return
        event.preventDefault()
        entered.current.add(event.target)
        const isRefused = areRefused(event.dataTransfer, uploads.limits.mediaTypes)
        if (!state.isDragging) setState({ isDragging: true, isRefused })
      },
      onDragOver(event) {
        if (!isOurs(event)) return
        event.preventDefault()
        event.dataTransfer.dropEffect = state.isRefused ? 'none' : 'copy'
      },
      onDragLeave(event) {
        entered.current.delete(event.target)
        // What was taken off the page meanwhile is never left.
        const isInside = [...entered.current].some(
          (target) => target instanceof Node && target.isConnected,
        )
        if (!isInside && state.isDragging) leave()
      },
      onDrop(event) {
        leave()
        if (uploads === null && hasFiles(event.dataTransfer)) warnOfNoUploads()
        if (!isOurs(event)) return
        event.preventDefault()
        const files = droppedFiles(event.dataTransfer)
        const handle = root?.composer.current
        if (composer === null) handle?.addFiles(files)
        else composer.view.addFiles(files)
      },
    },
  })
}
