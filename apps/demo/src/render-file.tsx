import { Attachment, type TurnFile } from '@fluokit/react'
import type { ReactNode } from 'react'
import { AudioIcon, CloseIcon, FileIcon, RetryIcon } from './icons.tsx'

/** A file that goes with the next turn: how far it is, and how to take it out. */
export function renderChosenFile({ kind, file }: TurnFile): ReactNode {
  return (
    <Attachment.Root>
      <Picture kind={kind} isElsewhere={typeof file === 'string'} />
      <span data-part="file-facts">
        <Attachment.Name />
        <span>
          <Attachment.Size /> <Attachment.Status />
        </span>
      </span>
      <Attachment.Retry>
        <RetryIcon />
      </Attachment.Retry>
      <Attachment.Remove>
        <CloseIcon />
      </Attachment.Remove>
      <Attachment.Progress />
    </Attachment.Root>
  )
}

/** A file that has gone with a turn. */
export function renderSentFile({ kind, file }: TurnFile): ReactNode {
  return (
    <Attachment.Root>
      <Picture kind={kind} isElsewhere={typeof file === 'string'} />
      <span data-part="file-facts">
        <Attachment.Name />
        <Attachment.Size />
      </span>
    </Attachment.Root>
  )
}

interface PictureProps extends Pick<TurnFile, 'kind'> {
  /** Nothing is fetched from where a message says. */
  readonly isElsewhere: boolean
}

function Picture({ kind, isElsewhere }: PictureProps): ReactNode {
  if (kind === 'image' && !isElsewhere) return <Attachment.Preview />
  return kind === 'audio' ? <AudioIcon /> : <FileIcon />
}
