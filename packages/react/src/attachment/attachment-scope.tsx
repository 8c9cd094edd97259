'use client'
import { memo, type NamedExoticComponent, type ReactNode } from 'react'
import { Guard } from '../part/guard.tsx'
import { Render } from '../part/render.tsx'
import { AttachmentContext } from './attachment-context.ts'
import type { TurnFile } from './turn-file.ts'

interface AttachmentScopeProps {
  readonly file: TurnFile
  readonly children: (file: TurnFile) => ReactNode
}

/**
 * One file in a context of its own; its name stands in the place of one whose rendering throws. Re-renders when the file
 * or the function does.
 */
export const AttachmentScope: NamedExoticComponent<AttachmentScopeProps> = memo(
  function AttachmentScope({ file, children }: AttachmentScopeProps): ReactNode {
    return (
      <AttachmentContext value={file}>
        <Guard fallback={() => <span dir="auto">{file.name}</span>}>
          <Render item={file}>{children}</Render>
        </Guard>
      </AttachmentContext>
    )
  },
)
