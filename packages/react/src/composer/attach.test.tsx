import { createUploads } from '@fluokit/core/uploads'
import { scriptedUploads } from '@fluokit/testing'
import { act, createEvent, fireEvent, render, screen } from '@testing-library/react'
import type { ReactNode } from 'react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { attached, imageFile, input, textFile } from '../../test/attached.tsx'
import { clientOf, partNamed, renderWith, settled } from '../../test/chat.tsx'
import { handDriven } from '../../test/hand-driven.ts'
import { ChatThread, Composer } from '../index.ts'

const names = (): readonly (string | null)[] =>
  screen.queryAllByRole('group').map((element) => element.getAttribute('aria-label'))

/** The picker that a press opens; nothing of it is on the page. */
function openPicker(): HTMLInputElement {
  const click = vi.spyOn(HTMLInputElement.prototype, 'click').mockImplementation(() => undefined)
  act(() => screen.getByRole('button', { name: 'Attach files' }).click())
  const picker = click.mock.contexts.at(-1)
  click.mockRestore()
  if (!(picker instanceof HTMLInputElement)) throw new Error('No picker was opened.')
  return picker
}

function pick(picker: HTMLInputElement, files: readonly File[]): void {
  Object.defineProperty(picker, 'files', { value: files })
  act(() => void picker.dispatchEvent(new Event('change')))
}

describe('Composer.AttachTrigger', () => {
  it('opens a picker of what may be uploaded, and uploads what is picked', async () => {
    attached({ limits: { mediaTypes: ['text/markdown', 'image/*'] } })
    const picker = openPicker()
    expect(picker).toMatchObject({
      type: 'file',
      accept: 'text/markdown,.md,.markdown,image/*',
      multiple: true,
      isConnected: false,
    })
    pick(picker, [imageFile('a.png'), imageFile('b.png')])
    await settled()

    expect(names()).toEqual(['a.png', 'b.png'])
  })

  it.each(['change', 'cancel'])('has the focus again after a %s', (event) => {
    attached()
    const picker = openPicker()
    act(() => input().focus())
    act(() => void picker.dispatchEvent(new Event(event)))

    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Attach files' }))
  })

  it('takes what is offered, and how many, from the app', () => {
    attached({ children: <Composer.AttachTrigger accept=".pdf" multiple={false} title="one" /> })
    const click = vi.spyOn(HTMLInputElement.prototype, 'click').mockImplementation(() => undefined)
    act(() => screen.getByTitle('one').click())

    expect(click.mock.contexts.at(-1)).toMatchObject({ accept: '.pdf', multiple: false })
    click.mockRestore()
  })

  it('is not there where nothing can be uploaded', () => {
    renderWith(
      clientOf(handDriven()),
      <ChatThread.Root agentId="agent">
        <Composer.Root>
          <Composer.AttachTrigger />
        </Composer.Root>
      </ChatThread.Root>,
    )

    expect(screen.queryByRole('button')).toBeNull()
  })
})

interface Dragged {
  readonly types?: readonly string[]
  readonly files?: readonly File[]
  readonly folders?: readonly File[]
}

/** What a browser gives of a drag. */
function dragged({ types = ['Files'], files = [], folders = [] }: Dragged): object {
  const items = files.map((file) => ({
    kind: 'file',
    type: file.type,
    webkitGetAsEntry: () => ({ isDirectory: folders.includes(file) }),
  }))
  return { types, files, items, dropEffect: 'move' }
}

type Drag = 'dragEnter' | 'dragOver' | 'dragLeave' | 'drop'

/** Whether the event was taken. */
function drag(kind: Drag, target: Element, what: Dragged): boolean {
  const event = createEvent[kind](target)
  Object.defineProperty(event, 'dataTransfer', { value: dragged(what) })
  fireEvent(target, event)
  return event.defaultPrevented
}

const inDropzone: ReactNode = (
  <Composer.Dropzone>
    <p>Drop here</p>
    <Composer.Dropzone title="inner">
      <p>or here</p>
    </Composer.Dropzone>
  </Composer.Dropzone>
)
const zone = (): HTMLElement => {
  const found = partNamed('composer-dropzone')
  if (found === null) throw new Error('There is no dropzone.')
  return found
}

describe('Composer.Dropzone', () => {
  it('uploads what is dropped anywhere inside, which the browser must not open', async () => {
    attached({ children: inDropzone })
    const files = [textFile('a.txt'), textFile('b.txt')]

    expect(drag('dragOver', screen.getByText('Drop here'), { files })).toBe(true)
    expect(drag('drop', screen.getByText('Drop here'), { files })).toBe(true)
    await settled()

    expect(names()).toEqual(['a.txt', 'b.txt'])
  })

  it('uploads once what is dropped into one inside another', async () => {
    attached({ children: inDropzone })
    drag('drop', screen.getByText('or here'), { files: [textFile('a.txt')] })
    await settled()

    expect(names()).toEqual(['a.txt'])
  })

  it('shows that files are over it, for as long as they are over anything inside', () => {
    attached({ children: inDropzone })
    const files = [textFile('a.txt')]
    const inside = screen.getByText('Drop here')
    drag('dragEnter', zone(), { files })
    drag('dragEnter', inside, { files })
    drag('dragLeave', zone(), { files })
    expect(zone().dataset['dragging']).toBe('')
    drag('dragLeave', inside, { files })
    expect(zone().dataset['dragging']).toBeUndefined()

    drag('dragEnter', zone(), { files })
    drag('drop', zone(), { files })
    expect(zone().dataset['dragging']).toBeUndefined()
  })

  it('is not left dragging by what goes off the page under the pointer', () => {
    attached({ children: inDropzone })
    const files = [textFile('a.txt')]
    const gone = zone().appendChild(document.createElement('i'))
    drag('dragEnter', zone(), { files })
    drag('dragEnter', gone, { files })
    gone.remove()
    drag('dragLeave', zone(), { files })

    expect(zone().dataset['dragging']).toBeUndefined()
  })

  it.each([['text/plain'], ['text/uri-list']])('leaves a drop of %s alone', (type) => {
    attached({ children: inDropzone })

    expect(drag('dragEnter', zone(), { types: [type] })).toBe(false)
    expect(drag('dragOver', zone(), { types: [type] })).toBe(false)
    expect(drag('drop', zone(), { types: [type] })).toBe(false)
    expect(zone().dataset['dragging']).toBeUndefined()
  })

  it('shows before the drop that nothing of it may be uploaded', () => {
    attached({ children: inDropzone })
    drag('dragEnter', zone(), { files: [new File(['x'], 'a.exe', { type: 'application/x-dos' })] })
    expect(zone().dataset['refused']).toBe('')
    drag('dragLeave', zone(), {})
    drag('dragEnter', zone(), { files: [new File(['x'], 'a.md', { type: '' })] })

    expect(zone().dataset['refused']).toBeUndefined()
  })

  it.each([
    'audio/x-m4a',
    'audio/x-wav',
    'image/jpg',
    'application/octet-stream',
    'application/vnd.ms-excel',
  ])('refuses no drag of %s, which an upload would take', (type) => {
    attached({ children: inDropzone })
    drag('dragEnter', zone(), { files: [new File(['x'], 'a', { type })] })

    expect(zone().dataset['dragging']).toBe('')
    expect(zone().dataset['refused']).toBeUndefined()
  })

  it('shows a folder as a file that failed, and says so', async () => {
    attached({ children: inDropzone })
    const folder = new File(['x'], 'papers', { type: '' })
    drag('drop', zone(), { files: [textFile('a.txt'), folder], folders: [folder] })
    await settled()

    expect(names()).toEqual(['a.txt', 'papers'])
    expect(screen.getByRole('group', { name: 'papers' }).textContent).toContain(
      'Failed. This is a folder. Attach the files inside it.',
    )
  })

  it('stands around the whole thread, too', async () => {
    const uploads = createUploads({ transport: scriptedUploads().transport })
    renderWith(
      clientOf({ ...handDriven(), uploads }),
      <ChatThread.Root agentId="agent">
        <Composer.Dropzone>
          <p>The log</p>
          <Composer.Root>
            <Composer.Attachments>{({ name }) => <b>{name}</b>}</Composer.Attachments>
          </Composer.Root>
        </Composer.Dropzone>
      </ChatThread.Root>,
    )
    drag('drop', screen.getByText('The log'), { files: [textFile('a.txt')] })
    await settled()

    expect(screen.getByText('a.txt')).toBeDefined()
  })

  it('is a plain element where nothing can be uploaded', () => {
    renderWith(
      clientOf(handDriven()),
      <ChatThread.Root agentId="agent">
        <Composer.Root>{inDropzone}</Composer.Root>
      </ChatThread.Root>,
    )

    expect(drag('dragEnter', zone(), { files: [textFile('a.txt')] })).toBe(false)
    expect(drag('drop', zone(), { files: [textFile('a.txt')] })).toBe(false)
    expect(zone().dataset['dragging']).toBeUndefined()
    expect(screen.getByText('or here')).toBeDefined()
  })
})

/** Whether a paste was taken. */
function paste(types: readonly string[], files: readonly File[], text = 'a cell'): boolean {
  const event = createEvent.paste(input())
  const data = { types, files, getData: () => text }
  Object.defineProperty(event, 'clipboardData', { value: data })
  fireEvent(input(), event)
  return event.defaultPrevented
}

describe('a client without uploads', () => {
  const warned = vi.fn<(sentence: string) => void>()

  beforeEach(() => {
    warned.mockReset()
    vi.stubEnv('NODE_ENV', 'development')
    vi.spyOn(console, 'warn').mockImplementation(warned)
    vi.resetModules() // it is said once
  })
  afterEach(() => void vi.unstubAllEnvs())

  it('is told of in development, once, with the option that changes it', async () => {
    const fresh = await import('../index.ts')
    const page = (
      <fresh.FluoProvider client={clientOf(handDriven())}>
        <fresh.ChatThread.Root agentId="agent">
          <fresh.Composer.Root>
            <fresh.Composer.AttachTrigger />
            <fresh.Composer.Input />
          </fresh.Composer.Root>
        </fresh.ChatThread.Root>
      </fresh.FluoProvider>
    )
    render(page)
    paste(['Files'], [imageFile('secret.png')])

    expect(warned).toHaveBeenCalledTimes(1)
    expect(warned.mock.calls[0]?.[0]).toContain('createFluoClient({ uploads: createUploads(')
    expect(warned.mock.calls[0]?.[0]).not.toContain('secret')
  })

  it('is nothing to be told of where nobody has asked for files', async () => {
    const fresh = await import('../index.ts')
    render(
      <fresh.FluoProvider client={clientOf(handDriven())}>
        <fresh.ChatThread.Default agentId="agent" />
      </fresh.FluoProvider>,
    )

    expect(warned).not.toHaveBeenCalled()
  })
})

describe('a paste into Composer.Input', () => {
  it('uploads files', async () => {
    attached()
    expect(paste(['Files'], [imageFile('image.png')])).toBe(true)
    await settled()

    expect(names()).toEqual(['image.png'])
  })

  it('leaves a text alone that has a picture beside it, as those of Word and Excel have', async () => {
    attached()
    expect(paste(['text/plain', 'text/html', 'Files'], [imageFile('image.png')])).toBe(false)
    await settled()

    expect(names()).toEqual([])
  })

  it('uploads files that have nothing but their names beside them, as those of a file manager may', async () => {
    attached()
    const files = [imageFile('a.png'), imageFile('b.png')]
    expect(paste(['text/plain', 'Files'], files, 'a.png\r\nb.png')).toBe(true)
    await settled()

    expect(names()).toEqual(['a.png', 'b.png'])
  })

  it('is left alone where nothing can be uploaded', () => {
    renderWith(
      clientOf(handDriven()),
      <ChatThread.Root agentId="agent">
        <Composer.Root>
          <Composer.Input />
        </Composer.Root>
      </ChatThread.Root>,
    )

    expect(paste(['Files'], [imageFile('image.png')])).toBe(false)
  })
})
