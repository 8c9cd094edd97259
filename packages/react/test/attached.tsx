import type { FluoClient, FluoClientOptions, Thread } from '@fluokit/core'
import { createUploads } from '@fluokit/core/uploads'
import type { UploadLimits } from '@fluokit/core/wire'
import {
  scriptedUploads,
  type ScriptedUploads,
  type ScriptedUploadsOptions,
} from '@fluokit/testing'
import { act, fireEvent, screen } from '@testing-library/react'
import type { ReactNode } from 'react'
import {
  Attachment,
  ChatThread,
  Composer,
  useComposer,
  type ComposerRootProps,
  type ComposerView,
} from '../src/index.ts'
import { clientOf, renderWith, settled } from './chat.tsx'
import { handDriven } from './hand-driven.ts'

/** A text file of so many letters. */
export function textFile(name: string, size = 100): File {
  return new File(['x'.repeat(size)], name, { type: 'text/plain' })
}

/** What a browser takes for the beginning of a picture. */
export function imageFile(name: string): File {
  return new File([new Uint8Array([0x89, 80, 78, 71, 13, 10, 26, 10])], name, { type: 'image/png' })
}

interface AttachedOptions extends ScriptedUploadsOptions {
  readonly limits?: Partial<UploadLimits>
  readonly client?: Partial<FluoClientOptions>
  readonly props?: ComposerRootProps
  /** Inside of the composer, after its own parts. */
  readonly children?: ReactNode
}

/** A composer with every part that files have, on a storage that holds every file until the test lets it go. */
export function attached(options: AttachedOptions = {}): Attached {
  const { limits, client: clientOptions, props, children, ...script } = options
  const storage = scriptedUploads({ plan: () => 'held', ...script })
  const hand = handDriven()
  const uploads = createUploads({
    transport: storage.transport,
    ...(limits !== undefined && { limits }),
    random: () => 0,
  })
  const client = clientOf({ transport: hand.transport, uploads, ...clientOptions })
  const seen: { composer?: ComposerView } = {}
  function See(): ReactNode {
    seen.composer = useComposer()
    return null
  }
  const page = (threadKey = 'current'): ReactNode => (
    <ChatThread.Root agentId="agent" threadKey={threadKey}>
      <Composer.Root {...props}>
        <See />
        <Composer.Attachments>{renderFile}</Composer.Attachments>
        <Composer.Error />
        <Composer.Waiting />
        <Composer.CancelWaiting />
        <Composer.AttachTrigger />
        <Composer.Input />
        <Composer.Stop />
        <Composer.Send />
        {children}
      </Composer.Root>
    </ChatThread.Root>
  )
  const { rerender, unmount } = renderWith(client, page())
  const composer = (): ComposerView => {
    if (seen.composer === undefined) throw new Error('There is no composer.')
    return seen.composer
  }
  return {
    ...hand,
    client,
    thread: client.thread({ agentId: 'agent', threadKey: 'current' }),
    storage,
    composer,
    inputs: () => hand.runs.map(({ request }) => request.input),
    async add(...files) {
      act(() => composer().addFiles(files))
      await settled()
      await settled()
    },
    async end(name, how = 'stored') {
      storage.put(name).end(how)
      await settled()
      await settled()
    },
    show: (threadKey) => rerender(page(threadKey)),
    unmount,
  }
}

export interface Attached extends ReturnType<typeof handDriven> {
  readonly client: FluoClient
  readonly thread: Thread
  readonly storage: ScriptedUploads
  readonly composer: () => ComposerView
  /** What was sent so far. */
  readonly inputs: () => readonly unknown[]
  readonly add: (...files: readonly File[]) => Promise<void>
  readonly end: (
    name: string,
    how?: Parameters<ScriptedUploads['puts'][number]['end']>[0],
  ) => Promise<void>
  readonly show: (threadKey: string) => void
  readonly unmount: () => void
}

function renderFile(): ReactNode {
  return (
    <Attachment.Root>
      <Attachment.Preview />
      <Attachment.Name /> <Attachment.Size /> <Attachment.Status />
      <Attachment.Progress />
      <Attachment.Retry />
      <Attachment.Remove>×</Attachment.Remove>
    </Attachment.Root>
  )
}

export const input = (): HTMLTextAreaElement => screen.getByRole('textbox', { name: 'Message' })
export const sendButton = (): HTMLElement => screen.getByRole('button', { name: 'Send' })
export const write = (value: string): void => void fireEvent.change(input(), { target: { value } })
export const enter = (): boolean => fireEvent.keyDown(input(), { key: 'Enter' })
/** The file of this name on the page. */
export const shownFile = (name: string): HTMLElement => screen.getByRole('group', { name })
