import type { FluoClient, Turn } from '@fluokit/core'
import { createUploads } from '@fluokit/core/uploads'
import { scriptedUploads, type ScriptedUploads } from '@fluokit/testing'
import { fireEvent, screen } from '@testing-library/react'
import { StrictMode, type ReactNode } from 'react'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { attached, enter, imageFile, textFile } from '../../test/attached.tsx'
import { clientOf, partNamed, renderWith, settled as nextTask } from '../../test/chat.tsx'
import { handDriven } from '../../test/hand-driven.ts'
import { Attachment, ChatThread, Message } from '../index.ts'

/** The query client tells its observers in a task of its own. */
async function settled(): Promise<void> {
  await nextTask()
  await nextTask()
}

const live = new Set<string>()
let made = 0

beforeEach(() => {
  live.clear()
  made = 0
  vi.spyOn(URL, 'createObjectURL').mockImplementation(() => {
    made += 1
    live.add(`blob:${made}`)
    return `blob:${made}`
  })
  vi.spyOn(URL, 'revokeObjectURL').mockImplementation((url) => void live.delete(url))
})

const picture = (): HTMLElement | null => partNamed('attachment-preview')
const source = (): string | null | undefined => picture()?.getAttribute('src')
const status = (): string | undefined => picture()?.dataset['status']
const shownPicture = (): HTMLElement => {
  const found = picture()
  if (found === null) throw new Error('There is no picture.')
  return found
}

describe('Attachment.Preview of a file that this page has', () => {
  it('shows the bytes themselves, and revokes their URL when it goes', async () => {
    const { add, end, composer, unmount } = attached()
    await add(imageFile('cat.png'))
    expect(source()).toBe('blob:1')
    expect(screen.getByRole('img', { name: 'Preview of cat.png' })).toBe(picture())
    expect(status()).toBe('loading')
    fireEvent.load(shownPicture())
    expect(status()).toBe('shown')
    await end('cat.png')
    expect(source()).toBe('blob:1')
    expect(composer().files).toHaveLength(1)
    unmount()

    expect(live).toEqual(new Set())
  })

  it('says so where it cannot be shown (F78)', async () => {
    const { add, end, inputs } = attached()
    await add(imageFile('cat.png'))
    fireEvent.error(shownPicture())

    expect(status()).toBe('failed')
    expect(source()).toBeNull()
    await end('cat.png')
    enter()
    expect(inputs()).toMatchObject([{ images: [{ name: 'cat.png' }] }])
  })

  it('is there for images only', async () => {
    const { add } = attached()
    await add(textFile('a.txt'))

    expect(picture()).toBeNull()
  })
})

const image = { name: 'cat.png', mediaType: 'image/png', size: 8, ref: 'ref' }

function sent(images: readonly (typeof image | string)[]): Turn {
  return { id: 'turn', input: { query: 'q', images }, sentAt: 1, runs: [] }
}

/** A message of an earlier page, with these images. */
function showSent(
  images: readonly (typeof image | string)[],
  view: (ref: string) => string | null = (ref) => `https://storage.example/${ref}`,
): { readonly storage: ScriptedUploads; readonly client: FluoClient } {
  const storage = scriptedUploads({ view })
  const uploads = createUploads({ transport: storage.transport })
  const client = clientOf({ ...handDriven(), uploads })
  renderWith(
    client,
    <StrictMode>
      <ChatThread.Root agentId="agent" initialTurns={[sent(images)]}>
        <ChatThread.Messages>
          {() => <Message.Attachments>{renderPreview}</Message.Attachments>}
        </ChatThread.Messages>
      </ChatThread.Root>
    </StrictMode>,
  )
  return { storage, client }
}

function renderPreview(): ReactNode {
  return <Attachment.Preview />
}

describe('Attachment.Preview in a sent message', () => {
  it('is shown from a URL that is asked for once, and stays when that is replaced', async () => {
    const { storage } = showSent([image])
    expect(source()).toBeNull()
    await settled()
    expect(source()).toBe('https://storage.example/ref')
    expect(picture()?.getAttribute('referrerpolicy')).toBe('no-referrer')
    fireEvent.load(shownPicture())
    await settled()

    expect(status()).toBe('shown')
    expect(source()).toBe('https://storage.example/ref')
    expect(storage.viewed).toEqual(['ref'])
  })

  it('asks for another URL once where the first does not open (F78)', async () => {
    const urls = ['https://storage.example/expired', 'https://storage.example/fresh']
    const { storage } = showSent([image], () => urls.shift() ?? null)
    await settled()
    expect(source()).toBe('https://storage.example/expired')
    fireEvent.error(shownPicture())
    expect(status()).toBe('loading')
    await settled()
    expect(source()).toBe('https://storage.example/fresh')
    fireEvent.error(shownPicture())
    await settled()

    expect(status()).toBe('failed')
    expect(source()).toBeNull()
    expect(storage.viewed).toHaveLength(2)
  })

  it('says so where the server gives no URL (F78)', async () => {
    const { storage } = showSent([image], () => null)
    await settled()

    expect(status()).toBe('failed')
    expect(storage.viewed).toHaveLength(1)
  })

  it('fetches nothing from where a message says', async () => {
    const { storage } = showSent(['https://elsewhere.example/tracker.png'])
    await settled()

    expect(picture()).toBeNull()
    expect(storage.viewed).toEqual([])
  })

  it('shows the bytes of a file that was uploaded from this page, and asks nobody', async () => {
    const all = attached({
      children: (
        <ChatThread.Messages>
          {() => <Message.Attachments>{renderPreview}</Message.Attachments>}
        </ChatThread.Messages>
      ),
    })
    await all.add(imageFile('cat.png'))
    await all.end('cat.png')
    enter()
    await settled()

    expect(source()).toMatch(/^blob:/)
    expect(live.size).toBe(1)
    expect(all.storage.viewed).toEqual([])
  })
})
