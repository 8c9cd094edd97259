import { Markdown, Primary, Stories, Title, useOf } from '@storybook/addon-docs/blocks'
import type { ReactNode } from 'react'
import attachment from '../packages/react/docs/attachment.md?raw'
import chatThread from '../packages/react/docs/chat-thread.md?raw'
import composer from '../packages/react/docs/composer.md?raw'
import markdown from '../packages/react/docs/markdown.md?raw'
import message from '../packages/react/docs/message.md?raw'
import suggestions from '../packages/react/docs/suggestions.md?raw'
import thinking from '../packages/react/docs/thinking.md?raw'
import threadList from '../packages/react/docs/thread-list.md?raw'
import toolCall from '../packages/react/docs/tool-call.md?raw'
import { markdownForStorybook } from './markdown-for-storybook.ts'

const pages: Readonly<Record<string, string>> = {
  Attachment: attachment,
  ChatThread: chatThread,
  Composer: composer,
  Markdown: markdown,
  Message: message,
  Suggestions: suggestions,
  Thinking: thinking,
  ThreadList: threadList,
  ToolCall: toolCall,
}

/** Long types break, so that what they mean stays in view. */
const tables = `
  .sbdocs td, .sbdocs th { text-align: start; vertical-align: top; }
  .sbdocs td code { white-space: normal; overflow-wrap: anywhere; line-height: 1.5; }
  .sbdocs td:first-child code { white-space: nowrap; }
`

/** The docs page of a component: the page of its namespace that ships with the package, between its stories. */
export default function DocsPage(): ReactNode {
  const { preparedMeta } = useOf('meta', ['meta'])
  const [namespace = ''] = preparedMeta.title.split('/')
  const page = pages[namespace]
  return (
    <>
      <Title />
      <Primary />
      <style>{tables}</style>
      {page !== undefined && <Markdown>{markdownForStorybook(page)}</Markdown>}
      <Stories />
    </>
  )
}
