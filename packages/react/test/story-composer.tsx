import { storyAgent } from '@fluokit/testing/storybook'
import { useEffect, useRef, type ReactNode } from 'react'
import {
  Attachment,
  ChatThread,
  Composer,
  useComposer,
  type ComposerRootProps,
  type FileKind,
} from '../src/index.ts'
import { renderMessage } from './story-chat.tsx'

export interface StoryComposerProps extends ComposerRootProps {
  /** Files that are in the draft as the story opens. */
  readonly files?: readonly (readonly [kind: FileKind, url: string])[]
  /** Files of the person's own, added as the story opens. */
  readonly added?: readonly File[]
}

/** A composer of every part there is, under a log. */
export function StoryComposer({ files = [], added = [], ...props }: StoryComposerProps): ReactNode {
  return (
    <ChatThread.Root agentId={storyAgent}>
      <ChatThread.Viewport>
        <ChatThread.Messages>{renderMessage}</ChatThread.Messages>
      </ChatThread.Viewport>
      <Composer.Root render={<Composer.Dropzone render={<form />} />} {...props}>
        <Given files={files} added={added} />
        <Composer.Attachments>{renderFile}</Composer.Attachments>
        <Composer.Error />
        <Composer.Waiting />
        <Composer.CancelWaiting />
        <Composer.AttachTrigger>
          <span aria-hidden="true">+</span>
        </Composer.AttachTrigger>
        <Composer.Input />
        <Composer.Stop />
        <Composer.Send />
        <Composer.Hint />
      </Composer.Root>
    </ChatThread.Root>
  )
}

/** A file with everything that there is to be seen of it. */
export function renderFile(): ReactNode {
  return (
    <Attachment.Root>
      <Attachment.Preview />
      <span data-part="file-facts">
        <Attachment.Name />
        <span>
          <Attachment.Size /> <Attachment.Status />
        </span>
      </span>
      <Attachment.Retry />
      <Attachment.Remove>×</Attachment.Remove>
      <Attachment.Progress />
    </Attachment.Root>
  )
}

type GivenProps = Required<Pick<StoryComposerProps, 'files' | 'added'>>

function Given({ files, added }: GivenProps): ReactNode {
  const { addFile, addFiles } = useComposer()
  const isAdded = useRef(false)
  useEffect(() => {
    for (const [kind, url] of files) addFile(kind, url)
    if (!isAdded.current && added.length > 0) addFiles(added)
    isAdded.current = true
  }, [files, added, addFile, addFiles])
  return null
}
