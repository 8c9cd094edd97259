'use client'
import { memo, useState, type NamedExoticComponent, type ReactNode } from 'react'
import { createStore } from 'zustand/vanilla'
import { Guard } from '../part/guard.tsx'
import { Render } from '../part/render.tsx'
import {
  AttachmentActionsContext,
  AttachmentContext,
  AttachmentDescriptionsContext,
  type AttachmentActions,
} from './attachment-context.ts'
import type { TurnFile } from './turn-file.ts'

interface AttachmentScopeProps {
  readonly file: TurnFile
  /** Null where nothing can be done with it. */
  readonly actions: AttachmentActions | null
  readonly children: (file: TurnFile) => ReactNode
}

/**
 * One file in a context of its own; its name stands in the place of one whose rendering throws. Re-renders when the file
 * or the function does.
 */
export const AttachmentScope: NamedExoticComponent<AttachmentScopeProps> = memo(
  function AttachmentScope({ file, actions, children }: AttachmentScopeProps): ReactNode {
    const [descriptions] = useState(() => createStore<readonly string[]>(() => []))
    return (
      <AttachmentContext value={file}>
        <AttachmentActionsContext value={actions}>
          <AttachmentDescriptionsContext value={descriptions}>
            <Guard fallback={() => <span dir="auto">{file.name}</span>}>
              <Render item={file}>{children}</Render>
            </Guard>
          </AttachmentDescriptionsContext>
        </AttachmentActionsContext>
      </AttachmentContext>
    )
  },
)
