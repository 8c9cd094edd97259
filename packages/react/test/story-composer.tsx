import { storyAgent } from '@fluokit/testing/storybook'
import { useEffect, type ReactNode } from 'react'
import {
  Attachment,
  ChatThread,
  Composer,
  useComposer,
  type ComposerRootProps,
  type FileKind,
  type TurnFile,
} from '../src/index.ts'
import { renderMessage } from './story-chat.tsx'

export interface StoryComposerProps extends ComposerRootProps {
  /** Files that are in the draft as the story opens. */
  readonly files?: readonly (readonly [kind: FileKind, url: string])[]
}

/** A composer of every part there is, under a log. */
export function StoryComposer({ files = [], ...props }: StoryComposerProps): ReactNode {
  return (
    <ChatThread.Root agentId={storyAgent}>
      <ChatThread.Viewport>
        <ChatThread.Messages>{renderMessage}</ChatThread.Messages>
      </ChatThread.Viewport>
      <Composer.Root {...props}>
        <Given files={files} />
        <Composer.Attachments>{renderFile}</Composer.Attachments>
        <Composer.Error />
        <Composer.Input />
        <Composer.Stop />
        <Composer.Send />
        <Composer.Hint />
      </Composer.Root>
    </ChatThread.Root>
  )
}

function renderFile({ name }: TurnFile): ReactNode {
  return (
    <span data-part="file">
      <bdi>{name}</bdi>
      <Attachment.Remove>×</Attachment.Remove>
    </span>
  )
}

function Given({ files }: Required<Pick<StoryComposerProps, 'files'>>): ReactNode {
  const { addFile } = useComposer()
  useEffect(() => {
    for (const [kind, url] of files) addFile(kind, url)
  }, [files, addFile])
  return null
}
