import type { TurnInput } from '@fluokit/core'
import { act, fireEvent, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { use, useState, type ReactNode } from 'react'
import { describe, expect, it, vi } from 'vitest'
import { clientOf, messageOf, renderWith, settled } from '../../test/chat.tsx'
import { delta, final, handDriven } from '../../test/hand-driven.ts'
import { RootContext, type ComposerHandle } from '../chat-thread/root-context.ts'
import {
  ChatThread,
  Composer,
  Attachment,
  useComposer,
  type ComposerRootProps,
  type ComposerView,
  type TurnFile,
} from '../index.ts'

const agent = { agentId: 'agent' }
const cat = 'https://files.example/cat.png?X-Signature=secret'
const dog = 'https://files.example/dog.png'
const report = 'https://files.example/Q3%20report.pdf'

function setUp(props: ComposerRootProps = {}) {
  const hand = handDriven()
  const client = clientOf(hand)
  const seen: { composer?: ComposerView; handle?: ComposerHandle | null } = {}
  function Spy(): ReactNode {
    seen.composer = useComposer()
    return null
  }
  function Reuse(): ReactNode {
    const root = use(RootContext)
    return (
      <button
        onClick={() => {
          seen.handle = root?.composer.current ?? null
        }}
      >
        Look
      </button>
    )
  }
  const page = renderWith(
    client,
    <ChatThread.Root {...agent}>
      <ChatThread.Viewport />
      <Composer.Root aria-label="Ask" {...props}>
        <Composer.Attachments>{renderFile}</Composer.Attachments>
        <Composer.Error />
        <Composer.Hint />
        <Composer.Input />
        <Composer.Send />
        <Composer.Stop />
        <Spy />
      </Composer.Root>
      <Reuse />
    </ChatThread.Root>,
  )
  return {
    ...hand,
    ...page,
    client,
    thread: client.thread(agent),
    user: userEvent.setup(),
    composer: () => {
      if (seen.composer === undefined) throw new Error('There is no composer.')
      return seen.composer
    },
    handle: () => {
      fireEvent.click(screen.getByRole('button', { name: 'Look' }))
      return seen.handle ?? null
    },
    inputs: () => hand.runs.map(({ request }) => request.input),
  }
}

function renderFile({ name }: TurnFile): ReactNode {
  return (
    <span>
      <Attachment.Remove>×</Attachment.Remove>
      {name}
    </span>
  )
}

const input = (): HTMLTextAreaElement => screen.getByRole('textbox', { name: 'Message' })
const send = (): HTMLElement => screen.getByRole('button', { name: 'Send' })
const form = (): HTMLElement => screen.getByRole('form', { name: 'Ask' })
const write = (value: string): void => void fireEvent.change(input(), { target: { value } })
const enter = (held: object = {}): boolean => fireEvent.keyDown(input(), { key: 'Enter', ...held })
const remover = (name: string): HTMLElement =>
  screen.getByRole('button', { name: `Remove ${name}` })
const descriptions = (): readonly (string | null | undefined)[] =>
  (input().getAttribute('aria-describedby') ?? '')
    .split(' ')
    .filter(Boolean)
    .map((id) => document.getElementById(id)?.textContent)
const hint = 'Enter sends, Shift+Enter begins a line.'
const busy = 'An answer is still arriving. Your text stays here.'

describe('Composer.Root submitMode', () => {
  it.each([
    ['enter', {}, true],
    ['enter', { shiftKey: true }, false],
    ['enter', { ctrlKey: true }, true],
    ['enter', { metaKey: true }, true],
    ['enter', { altKey: true }, false],
    ['shift-enter', {}, false],
    ['shift-enter', { shiftKey: true }, true],
    ['mod-enter', {}, false],
    ['mod-enter', { shiftKey: true }, false],
    ['mod-enter', { ctrlKey: true }, true],
    ['mod-enter', { metaKey: true }, true],
    ['none', {}, false],
    ['none', { ctrlKey: true }, false],
  ] as const)('%s: Enter with %o sends: %s (A11y 20)', (submitMode, held, isSent) => {
    const { inputs } = setUp({ submitMode })
    write('Hi')

    const isDefaultKept = enter(held)

    expect(isDefaultKept).toBe(!isSent)
    expect(inputs()).toEqual(isSent ? [{ query: 'Hi' }] : [])
  })

  it('names the key of an on-screen keyboard where a bare Enter sends', () => {
    setUp()
    expect(input().getAttribute('enterkeyhint')).toBe('send')
  })

  it('leaves it its name where a bare Enter begins a line', () => {
    setUp({ submitMode: 'mod-enter' })
    expect(input().hasAttribute('enterkeyhint')).toBe(false)
  })
})

describe('Composer.Root maxLength', () => {
  it('refuses what is longer and keeps it to the character', async () => {
    const { inputs, user } = setUp({ maxLength: 5 })
    write('123456')

    expect(input().value).toBe('123456')
    expect(input().getAttribute('aria-invalid')).toBe('true')
    expect(input().hasAttribute('data-over-limit')).toBe(true)
    expect(form().hasAttribute('data-over-limit')).toBe(true)
    expect(send().getAttribute('aria-disabled')).toBe('true')
    enter()
    await user.click(send())
    expect(inputs()).toEqual([])
    expect(input().value).toBe('123456')
    expect(descriptions()).toContain('This text has 6 characters, and at most 5 can be sent.')

    write('12345')
    expect(input().hasAttribute('aria-invalid')).toBe(false)
    expect(descriptions()).toEqual([hint])
    enter()
    expect(inputs()).toEqual([{ query: '12345' }])
  })
})

describe('Composer.Root value', () => {
  it('is followed exactly, whatever is written', () => {
    const onValueChange = vi.fn<NonNullable<ComposerRootProps['onValueChange']>>()
    setUp({ value: 'fixed', onValueChange })

    write('fixed!')

    expect(onValueChange).toHaveBeenCalledTimes(1)
    expect(onValueChange.mock.lastCall).toMatchObject(['fixed!', { reason: 'input' }])
    expect(onValueChange.mock.lastCall?.[1].event?.type).toMatch(/input|change/)
    expect(input().value).toBe('fixed')
  })

  it('can be owned by an app that writes in capitals, and is emptied by a send', async () => {
    const hand = handDriven()
    const reasons: string[] = []
    function Loud(): ReactNode {
      const [value, setValue] = useState('')
      return (
        <ChatThread.Root {...agent}>
          <Composer.Root
            value={value}
            onValueChange={(next, { reason }) => {
              reasons.push(reason)
              setValue(next.toUpperCase())
            }}
          >
            <Composer.Input />
          </Composer.Root>
        </ChatThread.Root>
      )
    }
    const client = clientOf(hand)
    renderWith(client, <Loud />)

    write('Hi')
    expect(input().value).toBe('HI')
    enter()
    expect(input().value).toBe('')
    expect(hand.runs.map(({ request }) => request.input.query)).toEqual(['HI'])
    expect(reasons).toEqual(['input', 'sent'])

    await hand.newest().emit(final('x'))
    await hand.newest().end()
    client.dispose()
    write('kept')
    enter()
    await settled()
    expect(input().value).toBe('KEPT')
    expect(reasons.slice(2)).toEqual(['input', 'sent', 'refused'])
  })

  it('begins with defaultValue, and tells of every change with its reason', async () => {
    const reasons: string[] = []
    const { composer, handle } = setUp({
      defaultValue: 'Hi',
      onValueChange: (_, { reason }) => void reasons.push(reason),
    })
    expect(input().value).toBe('Hi')

    enter()
    act(() => composer().setText('by the app'))
    write('')
    fireEvent.keyDown(input(), { key: 'ArrowUp' })
    act(() => handle()?.putBack({ query: 'again' }))

    expect(input().value).toBe('Hi\nagain')
    expect(reasons).toEqual(['sent', 'imperative-action', 'input', 'edit-last', 'reuse'])
  })

  it('stays as it is where an app cancels a change', () => {
    setUp({ defaultValue: 'Hi', onValueChange: (_, { cancel }) => cancel() })

    write('Hi there')

    expect(input().value).toBe('Hi')
  })
})

describe('Composer.Root onSend', () => {
  it('is told what is sent and by what, once for each send', async () => {
    const onSend = vi.fn<NonNullable<ComposerRootProps['onSend']>>()
    const { user, composer, newest } = setUp({ onSend })
    const done = async (): Promise<void> => {
      await newest().emit(final('x'))
      await newest().end()
    }

    write('one')
    enter()
    await done()
    write('two')
    await user.click(send())
    await done()
    write('three')
    act(() => composer().submit())

    expect(onSend.mock.calls.map(([{ query }, { reason }]) => [query, reason])).toEqual([
      ['one', 'enter-key'],
      ['two', 'send-press'],
      ['three', 'imperative-action'],
    ])
    expect(onSend.mock.calls.map(([, { event }]) => event?.type ?? null)).toEqual([
      'keydown',
      'submit',
      null,
    ])
  })

  it('may keep a turn from being sent: the draft stays', () => {
    const { inputs, composer } = setUp({ onSend: (_, { cancel }) => cancel() })
    act(() => composer().addFile('image', cat))
    write('Hi')

    enter()

    expect(inputs()).toEqual([])
    expect(input().value).toBe('Hi')
    expect(composer().files).toHaveLength(1)
  })
})

describe('the files of a draft', () => {
  it('go with the turn in their places, also without a text, and leave the draft', () => {
    const { composer, inputs } = setUp()
    const upload = { name: 'a.mp3', mediaType: 'audio/mpeg', size: 1, ref: 'up_1' }
    act(() => {
      composer().addFile('image', cat)
      composer().addFile('document', report)
      composer().addFile('audio', upload)
      composer().addFile('image', cat)
    })
    expect(form().hasAttribute('data-empty')).toBe(false)
    expect(send().getAttribute('aria-disabled')).toBe('false')

    enter()

    expect(inputs()).toEqual([
      { query: '', images: [cat], documents: [report], audios: [upload] } satisfies TurnInput,
    ])
    expect(composer().files).toEqual([])
  })

  it('show the last segment of a URL, and nothing of its signature anywhere (T09)', () => {
    const { composer, container } = setUp()
    act(() => composer().addFile('image', cat))
    act(() => composer().addFile('document', report))

    expect(remover('cat.png')).toBeDefined()
    expect(remover('Q3 report.pdf')).toBeDefined()
    expect(container.innerHTML).not.toMatch(/secret|files\.example/)
  })

  it('come back with a turn that was refused', async () => {
    const { composer, client } = setUp()
    act(() => composer().addFile('image', cat))
    write('Hi')
    client.dispose()

    enter()
    await settled()

    expect(input().value).toBe('Hi')
    expect(composer().files.map(({ file }) => file)).toEqual([cat])
    expect(descriptions()).toContain('This conversation is closed. Your text stays here.')
  })
})

describe('Attachment.Remove', () => {
  it('hands its focus to the next file, to the one before, and to the input at last (A11y 16)', async () => {
    const { composer, user } = setUp()
    act(() => {
      for (const url of [cat, dog, report]) composer().addFile('image', url)
    })
    remover('dog.png').focus()

    await user.keyboard('{Enter}')
    expect(document.activeElement).toBe(remover('Q3 report.pdf'))
    await user.keyboard('{Enter}')
    expect(document.activeElement).toBe(remover('cat.png'))
    await user.keyboard('{Enter}')

    expect(document.activeElement).toBe(input())
    expect(composer().files).toEqual([])
  })

  it('leaves the focus where it is when another file goes (A11y 16)', () => {
    const { composer } = setUp()
    act(() => {
      for (const url of [cat, dog]) composer().addFile('image', url)
    })
    act(() => remover('dog.png').focus())

    act(() => composer().files.slice(0, 1).forEach(composer().removeFile))

    expect(document.activeElement).toBe(remover('dog.png'))
  })

  it('may be kept from it by a handler of the user', () => {
    const hand = handDriven()
    function Add(): ReactNode {
      const { addFile, files } = useComposer()
      return (
        <button type="button" onClick={() => addFile('image', cat)}>
          {files.length} files
        </button>
      )
    }
    renderWith(
      clientOf(hand),
      <ChatThread.Root {...agent}>
        <Composer.Root>
          <Composer.Attachments>
            {() => <Attachment.Remove onClick={(event) => event.preventDefault()} />}
          </Composer.Attachments>
          <Add />
        </Composer.Root>
      </ChatThread.Root>,
    )
    fireEvent.click(screen.getByRole('button', { name: '0 files' }))

    fireEvent.click(remover('cat.png'))

    expect(screen.getByRole('button', { name: '1 files' })).toBeDefined()
  })
})

describe('ArrowUp in Composer.Input', () => {
  async function asked() {
    const all = setUp()
    act(() => all.composer().addFile('image', cat))
    write('One')
    enter()
    await all.newest().emit(final('x'))
    await all.newest().end()
    return all
  }
  const up = (facts: object = {}): boolean =>
    fireEvent.keyDown(input(), { key: 'ArrowUp', ...facts })

  it('brings the last turn back into an empty input, the caret at its end (A11y 22)', async () => {
    const { composer, inputs } = await asked()

    expect(up()).toBe(false)

    expect(input().value).toBe('One')
    expect(input().selectionStart).toBe(3)
    expect(input().selectionEnd).toBe(3)
    expect(composer().files.map(({ file }) => file)).toEqual([cat])
    enter()
    expect(inputs()).toEqual([
      { query: 'One', images: [cat] },
      { query: 'One', images: [cat] },
    ])
  })

  it.each([
    ['a modifier', { shiftKey: true }],
    ['a composition', { isComposing: true }],
    ['an input method', { keyCode: 229 }],
  ])('is left alone with %s (A11y 22)', async (_, facts) => {
    await asked()
    expect(up(facts)).toBe(true)
    expect(input().value).toBe('')
  })

  it.each([' ', '\n', 'text'])('is left alone where the input holds %j (A11y 22)', async (text) => {
    await asked()
    write(text)
    expect(up()).toBe(true)
    expect(input().value).toBe(text)
  })

  it('is left alone where nothing was asked yet (A11y 22)', () => {
    setUp()
    expect(up()).toBe(true)
    expect(input().value).toBe('')
  })
})

describe('Escape', () => {
  const places = [
    ['Composer.Input', () => input()],
    ['ChatThread.Viewport', () => screen.getByRole('log')],
  ] as const
  const outside = vi.fn<(event: KeyboardEvent) => void>()

  async function running() {
    const all = setUp()
    outside.mockReset()
    document.addEventListener('keydown', outside, { once: true })
    write('Hi')
    fireEvent.submit(form())
    await all.newest().emit(delta('x'))
    return all
  }

  it.each(places)(
    'in %s stops the open run, and nobody else hears it (A11y 21)',
    async (_, place) => {
      const { newest } = await running()

      expect(fireEvent.keyDown(place(), { key: 'Escape' })).toBe(false)

      expect(newest().signal.aborted).toBe(true)
      expect(outside).not.toHaveBeenCalled()
      document.removeEventListener('keydown', outside)
    },
  )

  it.each(places)(
    'in %s belongs to whoever is outside while nothing runs (A11y 21)',
    (_, place) => {
      setUp()
      outside.mockReset()
      document.addEventListener('keydown', outside, { once: true })

      expect(fireEvent.keyDown(place(), { key: 'Escape' })).toBe(true)

      expect(outside).toHaveBeenCalledTimes(1)
    },
  )

  it.each([{ isComposing: true }, { keyCode: 229 }])(
    'belongs to an input method that has it: %o (A11y 21)',
    async (facts) => {
      const { newest } = await running()

      expect(fireEvent.keyDown(input(), { key: 'Escape', ...facts })).toBe(true)

      expect(newest().signal.aborted).toBe(false)
      expect(outside).toHaveBeenCalledTimes(1)
    },
  )
})

describe('Composer.Error', () => {
  it('says why a send was refused until the run ends, and describes the input as long', async () => {
    const { newest, user } = setUp()
    write('One')
    enter()
    await newest().emit(delta('x'))
    write('Two')
    expect(descriptions()).toEqual([hint])

    await user.click(send())
    expect(descriptions()).toEqual([hint, busy])
    await newest().emit(final('x'))
    await newest().end()

    expect(descriptions()).toEqual([hint])
    expect(screen.queryByText(busy)).toBeNull()
    expect(input().value).toBe('Two')
  })

  it('is silent again after the next change', async () => {
    const { newest } = setUp()
    write('One')
    enter()
    await newest().emit(delta('x'))
    write('Two')
    enter()
    expect(screen.getByText(busy).hasAttribute('role')).toBe(false)

    write('Two!')

    expect(screen.queryByText(busy)).toBeNull()
  })

  it('tells who presses Send with nothing to send, and not who presses Enter', async () => {
    const { user } = setUp()
    enter()
    expect(descriptions()).toEqual([hint])

    await user.click(send())

    expect(descriptions()).toEqual([hint, 'There is nothing to send yet.'])
  })
})

describe('Composer.Hint', () => {
  it('describes the input beside what the app says of it', () => {
    renderWith(
      clientOf(handDriven()),
      <ChatThread.Root {...agent}>
        <p id="theirs">Be kind.</p>
        <Composer.Root submitMode="mod-enter">
          <Composer.Input aria-describedby="theirs" />
          <Composer.Hint id="mine" />
        </Composer.Root>
      </ChatThread.Root>,
    )

    expect(descriptions()).toEqual([
      'Be kind.',
      'Control+Enter or Command+Enter sends, Enter begins a line.',
    ])
  })
})

describe('putBack', () => {
  it('puts an earlier turn under what is written, and focuses the input at its end', () => {
    const { handle, composer } = setUp()
    write('new')
    act(() => composer().addFile('image', dog))

    act(() => handle()?.putBack({ query: 'old', images: [cat, dog], documents: [report] }))

    expect(input().value).toBe('new\nold')
    expect(composer().files.map(({ file }) => file)).toEqual([dog, report, cat])
    expect(document.activeElement).toBe(input())
    expect(input().selectionStart).toBe(7)
  })

  it('keeps its identity from one keystroke to the next', () => {
    const { handle } = setUp()
    const before = handle()
    expect(before).not.toBeNull()

    write('a keystroke later')
    expect(handle()).toBe(before)
  })
})

describe('the focus', () => {
  it('is not taken by a chat that appears (A11y 17)', () => {
    renderWith(clientOf(handDriven()), <ChatThread.Default {...agent} />)
    expect(document.activeElement).toBe(document.body)
  })

  it('stays in the input, which is never disabled, after Enter (A11y 11) (A11y 12)', async () => {
    const { user, newest } = setUp()
    await user.type(input(), 'Hi{Enter}')
    await newest().emit(delta('x'))

    expect(document.activeElement).toBe(input())
    expect(input().disabled).toBe(false)
    await user.type(input(), 'draft')
    await newest().emit(final('x'))
    await newest().end()
    expect(input().value).toBe('draft')
    expect(document.activeElement).toBe(input())
  })

  it('goes from Stop to the input, and from Escape nowhere (A11y 13)', async () => {
    const { user, newest } = setUp()
    await user.type(input(), 'Hi{Enter}')
    await newest().emit(delta('x'))
    await user.click(screen.getByRole('button', { name: 'Stop' }))
    expect(document.activeElement).toBe(input())

    await user.type(input(), 'Again{Enter}')
    await newest().emit(delta('x'))
    await user.keyboard('{Escape}')
    expect(newest().signal.aborted).toBe(true)
    expect(document.activeElement).toBe(input())
  })

  it('stays on Send, which cannot act while a run is open (A11y 14)', async () => {
    const { user, newest } = setUp()
    await user.type(input(), 'Hi')
    await user.click(send())
    await newest().emit(delta('x'))

    expect(document.activeElement).toBe(send())
    expect(send().getAttribute('aria-disabled')).toBe('true')
  })

  it('goes to the input from a Send that makes room for Stop (A11y 13)', async () => {
    function OneButton(): ReactNode {
      return useComposer().isRunning ? <Composer.Stop /> : <Composer.Send />
    }
    const { transport, newest } = handDriven()
    renderWith(
      clientOf({ transport }),
      <ChatThread.Root {...agent}>
        <Composer.Root>
          <Composer.Input />
          <OneButton />
        </Composer.Root>
      </ChatThread.Root>,
    )
    write('Hi')
    act(() => send().focus())

    fireEvent.click(send())
    await newest().emit(delta('x'))

    expect(document.activeElement).toBe(input())
  })

  it('does not move on an error, and Retry is next (A11y 15)', async () => {
    const { transport, newest } = handDriven()
    const user = userEvent.setup()
    renderWith(clientOf({ transport }), <ChatThread.Default {...agent} />)
    await user.type(input(), 'Hi{Enter}')

    await newest().fail({ code: 'network' })
    expect(document.activeElement).toBe(input())
    await user.tab({ shift: true })
    while (document.activeElement?.textContent !== 'Retry') await user.tab({ shift: true })

    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Retry' }))
  })
})

describe('useComposer', () => {
  it('throws outside Composer.Root and names it', () => {
    function Alone(): ReactNode {
      useComposer()
      return null
    }
    expect(messageOf(<Alone />)).toContain('<Composer.Root> above it')
  })

  it('keeps its actions from one keystroke to the next', () => {
    const { composer } = setUp()
    const { setText, addFile, removeFile, submit } = composer()

    write('Hi')

    expect(composer()).toMatchObject({ setText, addFile, removeFile, submit, text: 'Hi' })
    expect(composer().submit).toBe(submit)
  })
})
