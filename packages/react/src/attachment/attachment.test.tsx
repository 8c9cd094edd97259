import type { Turn } from '@fluokit/core'
import { act, screen, within } from '@testing-library/react'
import { Profiler, type ReactNode } from 'react'
import { describe, expect, it } from 'vitest'
import {
  attached,
  enter,
  imageFile,
  input,
  shownFile,
  textFile,
  write,
} from '../../test/attached.tsx'
import { clientOf, renderWith, settled } from '../../test/chat.tsx'
import { handDriven } from '../../test/hand-driven.ts'
import { Attachment, ChatThread, Composer, Message } from '../index.ts'

const names = (): readonly (string | null)[] =>
  screen.queryAllByRole('group').map((element) => element.getAttribute('aria-label'))
const statusOf = (name: string): string | undefined => shownFile(name).dataset['status']
const describedBy = (element: HTMLElement): string =>
  (element.getAttribute('aria-describedby') ?? '')
    .split(' ')
    .map((id) => document.getElementById(id)?.textContent ?? '')
    .join(' ')

describe('Composer.Attachments', () => {
  it('shows files in the order in which they were added, whatever their kind and whichever is ready first', async () => {
    const { add, end, composer } = attached()
    await add(imageFile('z.png'), textFile('b.txt'))
    act(() => composer().addFile('document', 'https://files.example/given.pdf'))
    await add(textFile('a.txt'))
    const order = ['z.png', 'b.txt', 'given.pdf', 'a.txt']
    expect(names()).toEqual(order)
    const before = order.map(shownFile)
    const keys = composer().files.map(({ id }) => id)

    await end('a.txt')
    await end('z.png', 'refused')
    await end('b.txt')

    expect(names()).toEqual(order)
    expect(order.map(statusOf)).toEqual(['failed', 'ready', 'ready', 'ready'])
    expect(order.map(shownFile).every((element, at) => element === before[at])).toBe(true)
    expect(composer().files.map(({ id }) => id)).toEqual(keys)
  })

  it('shows what is restored as ready, before what is added then', async () => {
    const first = attached()
    first.thread.setDraft({
      query: 'Hi',
      documents: [{ name: 'old.txt', mediaType: 'text/plain', size: 5, ref: 'ref_old' }],
    })
    await settled()
    expect(names()).toEqual(['old.txt'])
    await first.add(textFile('new.txt'))

    expect(names()).toEqual(['old.txt', 'new.txt'])
    expect(['old.txt', 'new.txt'].map(statusOf)).toEqual(['ready', 'uploading'])
    expect(input().value).toBe('Hi')
  })

  it('has the files again, in their places, when the composer comes back', async () => {
    const { add, end, show } = attached()
    await add(textFile('a.txt'), imageFile('b.png'))
    await end('b.png')
    show('other')
    expect(names()).toEqual([])
    show('current')

    expect(names()).toEqual(['a.txt', 'b.png'])
    expect(['a.txt', 'b.png'].map(statusOf)).toEqual(['uploading', 'ready'])
  })

  it('renders no file for a keystroke, and nothing but the bar for progress', async () => {
    let renders = 0
    const count = (): void => void (renders += 1)
    const bars: number[] = []
    const all = attached({
      children: (
        <Composer.Attachments>
          {() => (
            <>
              <Profiler id="file" onRender={count}>
                <Attachment.Root>
                  <Attachment.Name />
                  <Attachment.Size />
                  <Attachment.Status />
                  <Attachment.Retry />
                  <Attachment.Remove />
                </Attachment.Root>
              </Profiler>
              <Profiler id="bar" onRender={() => bars.push(1)}>
                <Attachment.Progress />
              </Profiler>
            </>
          )}
        </Composer.Attachments>
      ),
    })
    await all.add(textFile('a.txt', 200))
    const before = renders
    const barsBefore = bars.length

    write('H')
    write('Hi')
    act(() => all.storage.put('a.txt').send(0.5))
    act(() => all.storage.put('a.txt').send(0.75))

    expect(renders).toBe(before)
    expect(bars.length).toBe(barsBefore + 2)
  })
})

describe('Attachment.Name, .Size and .Status', () => {
  it('run each in its own direction, whatever is around', async () => {
    const { add } = attached()
    await add(textFile('a.txt', 2048))

    const parts = ['name', 'size', 'status'].map((name) =>
      shownFile('a.txt').querySelector(`[data-part=attachment-${name}]`),
    )
    expect(parts.map((part) => part?.getAttribute('dir'))).toEqual(['auto', 'auto', 'auto'])
  })
})

describe('Attachment.Progress', () => {
  it('is a progressbar with the name of its file while that is on its way, and only then (A11y 28)', async () => {
    const { add, end, storage } = attached()
    await add(textFile('a.txt', 2048))
    const bar = within(shownFile('a.txt')).getByRole('progressbar', { name: 'Upload of a.txt' })
    expect(bar.getAttribute('aria-valuemin')).toBe('0')
    expect(bar.getAttribute('aria-valuemax')).toBe('100')
    expect(bar.getAttribute('aria-valuenow')).toBe('0')
    expect(bar.getAttribute('aria-valuetext')).toBe('0 bytes of 2 kB')

    act(() => storage.put('a.txt').send(0.5))
    expect(bar.getAttribute('aria-valuenow')).toBe('50')
    expect(bar.getAttribute('aria-valuetext')).toBe('1 kB of 2 kB')
    expect(bar.style.getPropertyValue('--percent')).toBe('50')
    await end('a.txt')

    expect(screen.queryByRole('progressbar')).toBeNull()
  })
})

describe('Attachment.Status', () => {
  it('says why a file failed, and belongs to it, to Retry and to Remove (A11y 28)', async () => {
    const { add, end } = attached()
    await add(textFile('a.txt'))
    expect(describedBy(shownFile('a.txt'))).toBe('Uploading')
    await end('a.txt', 'refused')

    const sentence = 'Failed. The file could not be stored.'
    expect(describedBy(shownFile('a.txt'))).toBe(sentence)
    expect(describedBy(screen.getByRole('button', { name: 'Retry a.txt' }))).toBe(sentence)
    expect(describedBy(screen.getByRole('button', { name: 'Remove a.txt' }))).toBe(sentence)
  })

  it.each([
    ['an empty file', textFile('a.txt', 0), 'This file is empty.'],
    [
      'a file that is too large',
      textFile('a.txt', 3000),
      'This file is larger than 2 kB, the most that a file may have.',
    ],
    [
      'a file of another type',
      new File(['x'], 'a.txt', { type: 'application/x-msdownload' }),
      'Files of this kind cannot be attached.',
    ],
    [
      'a file that is not what its name says',
      new File(['not a picture'], 'a.txt', { type: 'image/png' }),
      'This file is not of the kind that its name says.',
    ],
  ])(
    'says in plain words what is wrong with %s, which is never sent (F78)',
    async (_, file, why) => {
      const { add, storage } = attached({ limits: { fileBytes: 2048 } })
      await add(file)

      expect(describedBy(shownFile('a.txt'))).toBe(`Failed. ${why}`)
      expect(screen.queryByRole('button', { name: 'Retry a.txt' })).toBeNull()
      expect(storage.puts).toEqual([])
    },
  )
})

describe('Attachment.Retry', () => {
  it('uploads the file again, and hands the focus to Remove (A11y 16)', async () => {
    const { add, end, storage } = attached()
    await add(textFile('a.txt'))
    await end('a.txt', 'refused')
    const retry = screen.getByRole('button', { name: 'Retry a.txt' })
    retry.focus()

    act(() => retry.click())
    await settled()

    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Remove a.txt' }))
    expect(statusOf('a.txt')).toBe('uploading')
    expect(storage.puts).toHaveLength(2)
    await end('a.txt')
    expect(statusOf('a.txt')).toBe('ready')
  })
})

describe('Attachment.Remove', () => {
  it('leaves the upload, and the file goes with no turn (F76)', async () => {
    const { add, storage, inputs } = attached()
    await add(textFile('a.txt'))

    act(() => screen.getByRole('button', { name: 'Remove a.txt' }).click())
    expect(storage.put('a.txt').signal.aborted).toBe(true)
    expect(document.activeElement).toBe(document.body) // a press by a script has moved no focus
    write('Hi')
    enter()
    await settled()

    expect(inputs()).toEqual([{ query: 'Hi' }])
  })

  it('takes a ready file out of the draft as well', async () => {
    const { add, end, thread } = attached()
    await add(textFile('a.txt'))
    await end('a.txt')
    expect(thread.draft.getState()?.documents).toHaveLength(1)

    act(() => screen.getByRole('button', { name: 'Remove a.txt' }).click())

    expect(thread.draft.getState()?.documents ?? []).toEqual([])
    expect(names()).toEqual([])
  })
})

const uploaded = { name: 'policy.pdf', mediaType: 'application/pdf', size: 4096, ref: 'ref' }
const turn: Turn = {
  id: 'turn',
  input: { query: 'q', documents: [uploaded, 'https://files.example/by-url.pdf?signature=secret'] },
  sentAt: 1,
  runs: [],
}

describe('the parts of Attachment in a sent message', () => {
  it('show what the file is, and nothing that could be done with it', () => {
    renderWith(
      clientOf(handDriven()),
      <ChatThread.Root agentId="agent" initialTurns={[turn]}>
        <ChatThread.Messages>
          {() => <Message.Attachments>{renderAll}</Message.Attachments>}
        </ChatThread.Messages>
      </ChatThread.Root>,
    )

    expect(names()).toEqual(['policy.pdf', 'by-url.pdf'])
    expect(shownFile('policy.pdf').textContent).toBe('policy.pdf4 kB')
    expect(shownFile('by-url.pdf').textContent).toBe('by-url.pdf')
    expect(screen.queryByRole('button')).toBeNull()
    expect(screen.queryByRole('progressbar')).toBeNull()
    expect(screen.queryByRole('img')).toBeNull()
    expect(document.body.innerHTML).not.toContain('secret')
  })
})

function renderAll(): ReactNode {
  return (
    <Attachment.Root>
      <Attachment.Preview />
      <Attachment.Name />
      <Attachment.Size />
      <Attachment.Status />
      <Attachment.Progress />
      <Attachment.Retry />
      <Attachment.Remove />
    </Attachment.Root>
  )
}
