import type { Part } from '@fluokit/core'
import { Thinking, useLabels } from '@fluokit/react'
import type { ReactNode } from 'react'
import { MessageText } from './message-text.tsx'
import { ToolCard } from './tool-card.tsx'

/** One part of a message, by its type. */
export function renderPart(part: Part): ReactNode {
  switch (part.type) {
    case 'text':
      return <MessageText />
    case 'thinking':
      return (
        <Thinking.Root>
          <Thinking.Trigger />
          <Thinking.Panel />
        </Thinking.Root>
      )
    case 'tool-call':
      return <ToolCard input={part.input} output={part.output} />
    case 'unknown':
      return <UnknownEvent event={part.event} raw={part.raw} />
    default:
      part satisfies never
      return null
  }
}

function UnknownEvent({ event, raw }: { readonly event: string; readonly raw: string }): ReactNode {
  const { unknownEvent } = useLabels()
  return (
    <details data-part="unknown-event">
      <summary>{unknownEvent(event)}</summary>
      <pre dir="auto">{raw}</pre>
    </details>
  )
}
