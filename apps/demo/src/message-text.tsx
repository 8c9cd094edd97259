import { Message, useMessage } from '@fluokit/react'
import { Markdown } from '@fluokit/react/markdown'
import type { ReactNode } from 'react'

/** The text of a message: an answer as Markdown, what a person wrote as it was written. */
export function MessageText(): ReactNode {
  return useMessage().role === 'user' ? <Message.Text /> : <Markdown.Text />
}
