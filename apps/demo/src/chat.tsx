import { ChatThread, Composer, useLabels } from '@fluokit/react'
import type { ReactNode } from 'react'
import { DropHint } from './drop-hint.tsx'
import {
  AttachIcon,
  CloseIcon,
  EditIcon,
  EndIcon,
  RetryIcon,
  SendIcon,
  StopIcon,
} from './icons.tsx'
import { renderChosenFile } from './render-file.tsx'
import { renderMessage } from './render-message.tsx'
import { FirstQuestions } from './suggestions.tsx'

const hasFinePointer = matchMedia('(pointer: fine)').matches

interface ChatProps {
  readonly agentId: string
  readonly threadKey: string | undefined
}

/** The chat, composed of the kit's parts. */
export function Chat({ agentId, threadKey }: ChatProps): ReactNode {
  const { message, attach, send, stop, retry, cancelRetry, edit } = useLabels()
  return (
    <ChatThread.Root agentId={agentId} threadKey={threadKey}>
      <Composer.Dropzone>
        <ChatThread.Viewport>
          <ChatThread.Empty>
            <h2>Ask, and watch the answer arrive.</h2>
            <FirstQuestions />
          </ChatThread.Empty>
          <ChatThread.Messages>{renderMessage}</ChatThread.Messages>
          <div data-part="chat-thread-failure">
            <ChatThread.Error />
            <ChatThread.Retry>
              <RetryIcon />
              {retry}
            </ChatThread.Retry>
            <ChatThread.Cancel>
              <CloseIcon />
              {cancelRetry}
            </ChatThread.Cancel>
            <ChatThread.Edit>
              <EditIcon />
              {edit}
            </ChatThread.Edit>
          </div>
        </ChatThread.Viewport>
        <ChatThread.ScrollToEnd>
          <EndIcon />
        </ChatThread.ScrollToEnd>
        <ChatThread.Status />
        <Composer.Root>
          <Composer.Attachments>{renderChosenFile}</Composer.Attachments>
          <Composer.Error />
          <div data-part="composer-wait">
            <Composer.Waiting />
            <Composer.CancelWaiting />
          </div>
          <Composer.AttachTrigger aria-label={attach}>
            <AttachIcon />
          </Composer.AttachTrigger>
          {/* A keyboard would cover half of a phone's page: focus only where the pointer is fine. */}
          {/* oxlint-disable-next-line jsx-a11y/no-autofocus */}
          <Composer.Input placeholder={message} autoFocus={hasFinePointer} />
          <Composer.Stop aria-label={stop}>
            <StopIcon />
          </Composer.Stop>
          <Composer.Send aria-label={send}>
            <SendIcon />
          </Composer.Send>
        </Composer.Root>
        <DropHint />
      </Composer.Dropzone>
    </ChatThread.Root>
  )
}
