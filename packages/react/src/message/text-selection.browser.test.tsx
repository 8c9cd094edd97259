import { afterEach, describe, expect, it } from 'vitest'
import { userEvent } from 'vitest/browser'
import { scrollingLog } from '../../test/scrolling-log.tsx'
import { turnsOf } from '../../test/turns.ts'

const text = 'if (a) {\n\tb()\n\n\u00a0\u00a0“שלום”\r\n}\nThis line gr'

/** A log in whose newest answer `text` has come so far; its last line has not ended. */
async function streaming() {
  const log = await scrollingLog({ turns: turnsOf(2) })
  void log.thread.send('Hi')
  await log.grow('first\n')
  await log.grow(text)
  const answer = [...log.viewport.querySelectorAll('[data-part=message-text]')].at(-1)
  if (answer === undefined) throw new Error('There is no answer.')
  return { log, answer }
}

/** Selects from one place of a text to another, counted in characters over all its lines. */
function select(element: Element, from: number, to: number): void {
  const [start, end] = [placeOf(element, from), placeOf(element, to)]
  getSelection()?.setBaseAndExtent(...start, ...end)
}

function placeOf(element: Element, offset: number): [Node, number] {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
  let left = offset
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const { length } = node as Text
    if (left <= length) return [node, left]
    left -= length
  }
  throw new Error('The text is shorter.')
}

/** What a paste brings of what Ctrl+C took. */
async function copied(): Promise<string> {
  await userEvent.copy()
  const field = document.createElement('textarea')
  document.body.append(field)
  field.focus()
  await userEvent.paste()
  const { value } = field
  field.remove()
  return value
}

afterEach(() => getSelection()?.removeAllRanges())

describe('Message.Text', () => {
  it('lets a selection be where a person put it, in the line that grows as well', async () => {
    const { log, answer } = await streaming()
    const whole = `first\n${text}`
    const from = whole.indexOf('b()')
    const to = whole.length - 3
    select(answer, from, to)
    const { anchorNode, anchorOffset, focusNode, focusOffset } = getSelection() ?? {}

    for (const more of ['ow', 's, and', ' ends\n', 'and another', ' and\n\none more']) {
      await log.grow(more)
      const now = getSelection()
      expect([now?.anchorNode, now?.anchorOffset]).toEqual([anchorNode, anchorOffset])
      expect([now?.focusNode, now?.focusOffset]).toEqual([focusNode, focusOffset])
    }

    expect(answer.textContent).toBe(`${whole}ows, and ends\nand another and\n\none more`)
    expect(getSelection()?.toString().replaceAll('\r\n', '\n')).toBe(
      whole.slice(from, to).replaceAll('\r\n', '\n'),
    )
  })

  it('is copied across its lines as it was written, while it grows', async () => {
    const { log, answer } = await streaming()
    const whole = `first\n${text}`
    select(answer, 2, whole.length - 2)

    await log.grow('ows\nand goes on')

    // A field for text knows one kind of line end, and Chromium copies spaces that do not break as ones that do.
    const written = whole.slice(2, -2).replaceAll('\r\n', '\n').replaceAll('\u00a0', ' ')
    expect(await copied()).toBe(written)
  })

  it('is copied as it was written across any number of lines', async () => {
    const { log, answer } = await streaming()
    const many = Array.from(
      { length: 100 },
      (_, index) => `line ${index}\n${'\n'.repeat(index % 3)}`,
    )
    await log.grow(`ows\n${many.join('')}the end`)
    const whole = answer.textContent
    select(answer, whole.indexOf('line 0') + 1, whole.length - 4)

    await log.grow(' of it')

    expect(await copied()).toBe(`${many.join('').slice(1)}the`)
  })
})
