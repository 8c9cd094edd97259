import { Message, useLabels } from '@fluokit/react'
import type { ReactNode } from 'react'
import { CheckIcon, CopyIcon, EditIcon, RetryIcon } from './icons.tsx'
import { renderSentFile } from './render-file.tsx'
import { renderPart } from './render-part.tsx'

/** One message. A function outside of every component keeps its identity, so that settled messages never render again. */
export function renderMessage(): ReactNode {
  return (
    <Message.Root>
      <Message.Heading />
      <Message.Content>
        <Message.Attachments>{renderSentFile}</Message.Attachments>
        <Message.Parts>{renderPart}</Message.Parts>
      </Message.Content>
      <Ending />
      <Message.Actions>
        <Message.Copy>
          <CopyIcon />
          <CheckIcon />
        </Message.Copy>
        <Message.Reuse>
          <EditIcon />
        </Message.Reuse>
        <Message.Timestamp />
      </Message.Actions>
    </Message.Root>
  )
}

/** How an answer ended that is not whole; a stopped one can be asked for again here, a failed one under the log. */
function Ending(): ReactNode {
  const { retry } = useLabels()
  return (
    <div data-part="message-ending">
      <Message.Status />
      <Message.Retry>
        <RetryIcon />
        {retry}
      </Message.Retry>
    </div>
  )
}
