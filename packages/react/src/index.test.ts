/// <reference types="vite/client" />
import { createFluoClient, FluoFault, type ThreadStorage, type Transport } from '@fluokit/core'
import { createElement } from 'react'
import { renderToString } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import * as devtools from './devtools/index.ts'
import * as fluokit from './index.ts'
import * as virtual from './virtual/index.ts'

const sources = import.meta.glob<string>(
  ['./**/*.{ts,tsx}', '!./**/*.{test,test-d,stories}.{ts,tsx}'],
  {
    query: '?raw',
    import: 'default',
    eager: true,
  },
)

describe('@fluokit/react', () => {
  it('has these names and no others', () => {
    expect(Object.keys(fluokit).sort()).toMatchInlineSnapshot(`
      [
        "Attachment",
        "AttachmentName",
        "AttachmentPreview",
        "AttachmentProgress",
        "AttachmentRemove",
        "AttachmentRetry",
        "AttachmentRoot",
        "AttachmentSize",
        "AttachmentStatus",
        "ChatThread",
        "ChatThreadCancel",
        "ChatThreadCancelQueued",
        "ChatThreadDefault",
        "ChatThreadEdit",
        "ChatThreadEmpty",
        "ChatThreadError",
        "ChatThreadMessages",
        "ChatThreadQueued",
        "ChatThreadRetry",
        "ChatThreadRoot",
        "ChatThreadScrollToEnd",
        "ChatThreadStatus",
        "ChatThreadViewport",
        "Composer",
        "ComposerAttachTrigger",
        "ComposerAttachments",
        "ComposerCancelWaiting",
        "ComposerDropzone",
        "ComposerError",
        "ComposerHint",
        "ComposerInput",
        "ComposerRoot",
        "ComposerSend",
        "ComposerStop",
        "ComposerWaiting",
        "FluoProvider",
        "Message",
        "MessageActions",
        "MessageAttachments",
        "MessageContent",
        "MessageCopy",
        "MessageError",
        "MessageHeading",
        "MessageParts",
        "MessageRetry",
        "MessageReuse",
        "MessageRoot",
        "MessageStatus",
        "MessageText",
        "MessageTimestamp",
        "Suggestions",
        "SuggestionsItem",
        "SuggestionsRoot",
        "Thinking",
        "ThinkingPanel",
        "ThinkingRoot",
        "ThinkingTrigger",
        "ThreadList",
        "ThreadListDelete",
        "ThreadListEmpty",
        "ThreadListItem",
        "ThreadListItems",
        "ThreadListNew",
        "ThreadListRename",
        "ThreadListRenameInput",
        "ThreadListRoot",
        "ThreadListTitle",
        "ThreadListTrigger",
        "ToolCall",
        "ToolCallDuration",
        "ToolCallError",
        "ToolCallInput",
        "ToolCallName",
        "ToolCallOutput",
        "ToolCallPanel",
        "ToolCallRoot",
        "ToolCallStatus",
        "ToolCallTrigger",
        "defaultLabels",
        "defaultThreadListLabels",
        "messagesOfTurn",
        "messagesOfTurns",
        "useComposer",
        "useFileUrl",
        "useFluoClient",
        "useFluoThread",
        "useFluoThreads",
        "useFluoUpload",
        "useLabels",
        "useMessage",
        "useMessagePart",
        "useThread",
        "useThreadState",
        "useToolCall",
      ]
    `)
    expect(
      [
        fluokit.Attachment,
        fluokit.ChatThread,
        fluokit.Composer,
        fluokit.Message,
        fluokit.Suggestions,
        fluokit.Thinking,
        fluokit.ThreadList,
        fluokit.ToolCall,
      ].map((namespace) => Object.keys(namespace).sort().join(' ')),
    ).toMatchInlineSnapshot(`
      [
        "Name Preview Progress Remove Retry Root Size Status",
        "Cancel CancelQueued Default Edit Empty Error Messages Queued Retry Root ScrollToEnd Status Viewport",
        "AttachTrigger Attachments CancelWaiting Dropzone Error Hint Input Root Send Stop Waiting",
        "Actions Attachments Content Copy Error Heading Parts Retry Reuse Root Status Text Timestamp",
        "Item Root",
        "Panel Root Trigger",
        "Delete Empty Item Items New Rename RenameInput Root Title Trigger",
        "Duration Error Input Name Output Panel Root Status Trigger",
      ]
    `)
  })

  it('has one more in its entry for long threads', () => {
    expect(Object.keys(virtual)).toEqual(['ChatThreadVirtualMessages'])
  })

  it('has three more in its entry for developers', () => {
    expect(Object.keys(devtools).sort()).toEqual(['FluoDevtools', 'fluoDevtoolsPlugin', 'record'])
  })

  it('can be imported and rendered where there is no page', () => {
    expect('document' in globalThis).toBe(false)
    const calls: string[] = []
    const call = (name: string) => (): never => {
      calls.push(name)
      throw new FluoFault({ code: 'network' })
    }
    const transport: Transport = { start: call('start') }
    const storage: ThreadStorage = {
      isShared: false,
      read: call('read'),
      write: call('write'),
      remove: call('remove'),
      keys: call('keys'),
    }
    const client = createFluoClient({ transport, userScope: null, storage })

    const html = renderToString(
      createElement(
        fluokit.FluoProvider,
        { client },
        createElement(fluokit.ChatThread.Default, { agentId: 'agent' }),
      ),
    )

    expect(html).toContain('role="log"')
    expect(html).toContain('aria-label="Message"')
    expect(calls).toEqual([])
  })

  it('begins every file that uses hooks or context with "use client", and no other', () => {
    const uses = /\b(use[A-Z]\w*|use|createContext|memo)[(<]|extends Component/
    const files = Object.entries(sources)
    expect(files.length).toBeGreaterThan(40)

    const withHooks = files.filter(([, text]) =>
      uses.test(text.replace(/\/\*[^]*?\*\/|\/\/.*/g, '')),
    )
    const marked = files.filter(([, text]) => text.startsWith("'use client'\n"))

    expect(marked.map(([file]) => file)).toEqual(withHooks.map(([file]) => file))
  })
})
