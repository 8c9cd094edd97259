import { fireEvent, screen } from '@testing-library/react'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clientOf, renderWith, settled } from '../../test/chat.tsx'
import { final, handDriven } from '../../test/hand-driven.ts'
import { ChatThread, Composer, type SubmitMode } from '../index.ts'

/** A keyboard before the input: what the browser does of itself, it does to the input's text. */
function setUp(submitMode: SubmitMode = 'enter') {
  const hand = handDriven()
  const { unmount } = renderWith(
    clientOf(hand),
    <ChatThread.Root agentId="agent">
      <Composer.Root submitMode={submitMode}>
        <Composer.Input />
      </Composer.Root>
    </ChatThread.Root>,
  )
  const input = screen.getByRole<HTMLTextAreaElement>('textbox')
  const press = (facts: object): void => {
    const isDefaultKept = fireEvent.keyDown(input, { key: 'Enter', code: 'Enter', ...facts })
    const isOfInputMethod = Object.entries(facts).some(([, value]) => value === 229)
    if (isDefaultKept && !isOfInputMethod) breakLine()
  }
  const breakLine = (): void => {
    const event = new InputEvent('beforeinput', {
      inputType: 'insertLineBreak',
      bubbles: true,
      cancelable: true,
    })
    if (fireEvent(input, event)) write(`${input.value}\n`)
  }
  const write = (value: string): void => void fireEvent.change(input, { target: { value } })
  const tell = (type: string, data: string): void =>
    void fireEvent(input, Object.assign(new Event(type, { bubbles: true }), { data })) // happy-dom keeps no data
  const before = { text: '' }
  const keyboard = {
    start: () => {
      before.text = input.value
      tell('compositionstart', '')
    },
    compose: (data: string) => {
      tell('compositionupdate', data)
      write(before.text + data)
    },
    end: (data: string) => tell('compositionend', data),
    /** Enter that the input method has. */
    enter229: (held: object = {}) => press({ keyCode: 229, isComposing: true, ...held }),
    /** The same on Windows, where it has no name. */
    process: () => press({ keyCode: 229, isComposing: true, key: 'Process' }),
    /** The same in Safari, where the composition has ended before. */
    late229: (held: object = {}) => press({ keyCode: 229, isComposing: false, ...held }),
    /** Enter that nobody else has. */
    enter13: (held: object = {}) => press({ keyCode: 13, isComposing: false, ...held }),
    up: () => void fireEvent.keyUp(input, { key: 'Enter', code: 'Enter', keyCode: 13 }),
    letter: () => void fireEvent.keyDown(input, { key: 'Process', code: 'KeyD', keyCode: 229 }),
    breakLine,
    task: settled,
  }
  return {
    ...hand,
    keyboard,
    input,
    unmount,
    sent: () => hand.runs.map(({ request }) => request.input.query),
  }
}

type Keyboard = ReturnType<typeof setUp>['keyboard']

const write = (keys: Keyboard, ...steps: readonly string[]): void => {
  keys.start()
  for (const step of steps) keys.compose(step)
}

const japanese = (keys: Keyboard): void => write(keys, 'n', 'に', 'にほ', '日本')
const chinese = (keys: Keyboard): void => write(keys, 'n', 'ni', 'ni hao')
const korean = (keys: Keyboard): void => {
  write(keys, 'ㅎ', '하', '한')
  keys.end('한')
  write(keys, 'ㄱ', '그', '글')
}

describe('Enter in Composer.Input', () => {
  it.each<[name: string, how: (keys: Keyboard) => void, text: string]>([
    [
      'Japanese in Chrome and Firefox',
      (keys) => {
        japanese(keys)
        keys.enter229()
        keys.end('日本')
        keys.up()
      },
      '日本',
    ],
    [
      'Japanese in Chrome on Windows',
      (keys) => {
        japanese(keys)
        keys.process()
        keys.end('日本')
        keys.up()
      },
      '日本',
    ],
    [
      'Japanese in Safari',
      (keys) => {
        japanese(keys)
        keys.end('日本')
        keys.late229()
        keys.up()
      },
      '日本',
    ],
    [
      'Japanese where the same press comes again',
      (keys) => {
        japanese(keys)
        keys.enter229()
        keys.end('日本')
        keys.enter13()
        keys.up()
      },
      '日本',
    ],
    [
      'Pinyin taken as letters in Chrome and Firefox',
      (keys) => {
        chinese(keys)
        keys.enter229()
        keys.end('ni hao')
        keys.up()
      },
      'ni hao',
    ],
    [
      'Pinyin taken as letters in Safari',
      (keys) => {
        chinese(keys)
        keys.end('ni hao')
        keys.late229()
        keys.up()
      },
      'ni hao',
    ],
    [
      'a Hanja out of its candidates in Chrome',
      (keys) => {
        write(keys, 'ㅎ', '한', '漢')
        keys.enter229()
        keys.end('漢')
        keys.up()
      },
      '漢',
    ],
    [
      'a Hanja out of its candidates in Safari',
      (keys) => {
        write(keys, 'ㅎ', '한', '漢')
        keys.end('漢')
        keys.late229()
        keys.up()
      },
      '漢',
    ],
    [
      'Hangul that the input method takes back',
      (keys) => {
        write(keys, 'ㅎ', '')
        keys.enter229()
        keys.end('')
        keys.up()
      },
      '',
    ],
  ])('accepts %s and sends only when pressed again (A11y 18) (A11y 19)', async (_, how, text) => {
    const { keyboard, input, sent } = setUp()

    how(keyboard)
    await settled()
    expect(sent()).toEqual([])
    expect(input.value).toBe(text)
    if (text === '') return
    keyboard.enter13()

    expect(sent()).toEqual([text])
  })

  it.each<[name: string, how: (keys: Keyboard) => void]>([
    [
      'Windows',
      (keys) => {
        korean(keys)
        keys.process()
        keys.end('글')
        keys.up()
      },
    ],
    [
      'Windows, where a line break follows',
      (keys) => {
        korean(keys)
        keys.process()
        keys.end('글')
        keys.breakLine()
        keys.up()
      },
    ],
    [
      'Chrome on macOS',
      (keys) => {
        korean(keys)
        keys.enter229()
        keys.end('글')
        keys.enter13()
        keys.up()
      },
    ],
    [
      'Chrome on Linux',
      (keys) => {
        korean(keys)
        keys.enter229()
        keys.end('글')
        keys.enter13({ repeat: true })
        keys.enter13({ repeat: true })
        keys.up()
      },
    ],
    [
      'Firefox, where the composition is over when the key comes',
      (keys) => {
        korean(keys)
        keys.end('글')
        keys.enter13()
        keys.up()
      },
    ],
    [
      'Safari',
      (keys) => {
        korean(keys)
        keys.end('글')
        keys.late229()
        keys.up()
      },
    ],
    [
      'a browser that has not told of the last syllable',
      (keys) => {
        write(keys, '한')
        keys.end('한')
        write(keys, 'ㄱ')
        keys.enter229()
        keys.compose('글')
        keys.end('글')
        keys.up()
      },
    ],
  ])('takes the last syllable of Korean and sends at once in %s', async (_, how) => {
    const { keyboard, input, sent } = setUp()

    how(keyboard)
    await settled()

    expect(sent()).toEqual(['한글'])
    expect(input.value).toBe('')
  })

  it('sends Korean once where the second press comes after the send (F71)', async () => {
    const { keyboard, input, sent } = setUp()
    korean(keyboard)
    keyboard.enter229()
    keyboard.end('글')
    await settled()
    expect(sent()).toEqual(['한글'])

    keyboard.enter13()
    keyboard.breakLine()
    keyboard.up()
    await settled()

    expect(sent()).toEqual(['한글'])
    expect(input.value).toBe('')
  })

  it('sends what the page shows before a person writes on', async () => {
    const { keyboard, input, sent } = setUp()
    korean(keyboard)
    keyboard.enter229()
    keyboard.end('글')

    keyboard.letter()
    write(keyboard, 'ㄷ', '다')
    keyboard.end('다')
    await settled()

    expect(sent()).toEqual(['한글'])
    expect(input.value).toBe('다')
  })

  it('sends nothing out of a composition that has begun without a key press', async () => {
    const { keyboard, input, sent } = setUp()
    korean(keyboard)
    keyboard.enter229()
    keyboard.end('글')

    write(keyboard, 'ㄷ', '다')
    await settled()

    expect(sent()).toEqual([])
    expect(input.value).toBe('한글다')
  })

  it.each(['enter229', 'late229'] as const)(
    'begins a line with Shift+Enter out of Korean, as %s (A11y 20)',
    async (key) => {
      const { keyboard, input, sent } = setUp()
      korean(keyboard)
      if (key === 'late229') keyboard.end('글')
      keyboard[key]({ shiftKey: true })
      if (key === 'enter229') {
        keyboard.end('글')
        keyboard.enter13({ shiftKey: true })
      }
      keyboard.up()
      await settled()

      expect(input.value).toBe(key === 'enter229' ? '한글\n' : '한글')
      expect(sent()).toEqual([])
    },
  )

  it.each([
    ['shift-enter', { shiftKey: true }],
    ['mod-enter', { metaKey: true }],
    ['mod-enter', { ctrlKey: true }],
  ] as const)('sends Korean with the keys of %s only (A11y 20)', async (mode, held) => {
    const { keyboard, sent } = setUp(mode)
    korean(keyboard)
    keyboard.enter229()
    keyboard.end('글')
    keyboard.up()
    await settled()
    expect(sent()).toEqual([])

    write(keyboard, '날')
    keyboard.enter229(held)
    keyboard.end('날')
    keyboard.up()
    await settled()

    expect(sent()).toEqual(['한글날'])
  })

  it('forgets a send that the composer does not live to see', async () => {
    const { keyboard, sent, unmount } = setUp()
    korean(keyboard)
    keyboard.enter229()
    keyboard.end('글')

    unmount()
    await settled()

    expect(sent()).toEqual([])
  })

  it('never sends twice and never loses a character, whatever comes in whatever order (F71)', async () => {
    const step = fc.oneof(
      { weight: 2, arbitrary: fc.constantFrom('syllable', 'syllable', 'syllable', 'kanji') },
      { weight: 2, arbitrary: fc.constantFrom('end', 'end', 'cancel', 'letter') },
      { weight: 2, arbitrary: fc.constantFrom('enter229', 'enter229', 'late229', 'process') },
      fc.constantFrom('enter13', 'breakLine', 'up', 'task', 'task', 'answer'),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 24 }), async (steps) => {
        const { keyboard, input, runs, sent, unmount } = setUp()
        let written = ''
        let composed: string | null = null
        let presses = 0
        // Every character is another one, so that what is sent twice or lost is seen.
        const add = (first: number): void => {
          const character = String.fromCodePoint(first + written.length)
          if (composed === null) keyboard.start()
          composed = (composed ?? '') + character
          keyboard.compose(composed)
          written += character
        }
        const end = (data: string | null): void => {
          if (composed !== null) {
            keyboard.compose(composed) // the last thing an input method does
            keyboard.end(data ?? composed)
          }
          composed = null
        }
        for (const name of steps) {
          if (name === 'syllable') add(0xac00)
          else if (name === 'kanji') add(0x4e00)
          else if (name === 'letter') keyboard.letter()
          else if (name === 'end') end(null)
          else if (name === 'cancel') end('')
          else if (name === 'answer') await answer(runs)
          else if (name === 'task' || name === 'up' || name === 'breakLine') await keyboard[name]()
          else {
            presses += 1
            // No browser has an Enter of its own while something is composed.
            if (name === 'enter13' || name === 'late229') end(null)
            keyboard[name]()
          }
        }
        await settled()
        end(null)
        await settled()
        const all = sent().join('') + input.value

        expect(all.replaceAll('\n', '')).toBe(written)
        expect(sent().length).toBeLessThanOrEqual(presses)
        unmount()
      }),
      { numRuns: 120 },
    )
  }, 30_000)
})

async function answer(runs: ReturnType<typeof handDriven>['runs']): Promise<void> {
  const run = runs.at(-1)
  if (run === undefined || run.signal.aborted) return
  await run.emit(final('Hello'))
  await run.end()
}
