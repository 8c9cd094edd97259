import type { FluoEvent } from '@fluokit/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { frames, scrollingLog } from '../../test/scrolling-log.tsx'
import { turnsOf } from '../../test/turns.ts'

/** Whatever text can be: line ends of every kind, blanks, what is joined or runs the other way, markup, what is half a character. */
const anyText = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: 'binary', maxLength: 4 }),
      fc.constantFrom('\n', '\n\n', '\r', '\r\n', '\t', '\u00a0', '\u2028', '\ufeff', '\0', '  '),
      fc.constantFrom(
        '👩‍👩‍👧‍👦',
        '🇺🇦',
        'e\u0301',
        '\u202eabc',
        'שלום',
        'مرحبا',
        '\ud83d',
        '\ude00',
        '<b>',
      ),
    ),
    { minLength: 1, maxLength: 40 },
  )
  .map((pieces) => pieces.join(''))

/** A text, and where it is cut: between any two code units. */
const cutText = anyText.chain((text) =>
  fc.tuple(
    fc.constant(text),
    fc.uniqueArray(fc.integer({ min: 1, max: Math.max(1, text.length - 1) }), { maxLength: 12 }),
  ),
)

function piecesOf(text: string, cuts: readonly number[]): readonly string[] {
  const places = [0, ...cuts.toSorted((one, other) => one - other), text.length]
  return places.slice(1).map((to, index) => text.slice(places[index], to))
}

/** A log below so many settled messages, with an answer that has begun with `text`. */
async function streaming(text: string, messages = 0) {
  const log = await scrollingLog({ turns: turnsOf(messages / 2) })
  void log.thread.send('Hi')
  await log.grow(text)
  const answer = (): string | null | undefined =>
    [...log.viewport.querySelectorAll('[data-part=message-text]')].at(-1)?.textContent
  return { ...log, answer }
}

/** How many changes of the document each frame of `text` made. */
async function changesOf(
  grow: (text: string) => Promise<void>,
  texts: readonly string[],
): Promise<readonly number[]> {
  const counts: number[] = []
  let changes = 0
  const observer = new MutationObserver((records) => void (changes += records.length))
  observer.observe(document, {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
  })
  for (const text of texts) {
    changes = 0
    await grow(text)
    counts.push(changes)
  }
  observer.disconnect()
  return counts
}

describe('ChatThread.Messages, while an answer streams in a browser', () => {
  it('shows every text to the character, wherever it is cut', async () => {
    const log = await streaming('begin\n')
    let whole = 'begin\n'
    await fc.assert(
      fc.asyncProperty(cutText, async ([text, cuts]) => {
        for (const piece of piecesOf(text, cuts))
          await log.say({ type: 'message_delta', text: piece })
        whole += text
        await frames(2)
        expect(log.answer()).toBe(whole)
      }),
      { numRuns: 30, endOnFailure: true },
    )
  })

  it('shows 100,000 characters without a line end to the character', async () => {
    const log = await streaming('a')
    for (let count = 0; count < 20; count += 1) {
      await log.say({ type: 'message_delta', text: 'word '.repeat(1000) })
    }
    await frames()

    expect(log.answer()).toBe(`a${'word '.repeat(20_000)}`)
  })

  it('changes as little after 2,000 lines under 500 messages as in a short answer under none', async () => {
    const texts = ['more', ' of it', ' and\n', 'the next', ' line']
    const short = await streaming('line\nbegin')
    const few = await changesOf(short.grow, texts)
    await short.page.unmount()
    const long = await streaming(`${'line\n'.repeat(2000)}begin`, 500)

    // A text that grows is one change; the line after it is a second.
    expect(few).toEqual([1, 1, 1, 1, 1])
    expect(await changesOf(long.grow, texts)).toEqual(few)
  })

  it('commits at most once a frame, however many deltas, thoughts and tool events come', async () => {
    const log = await streaming('begin\n')
    let commits = 0
    let painted = 0
    let isOver = false
    const unsubscribe = log.thread.store.subscribe(() => (commits += 1))
    const count = (): void => {
      painted += 1
      if (!isOver) requestAnimationFrame(count)
    }
    requestAnimationFrame(count)

    for (let index = 0; index < 100; index += 1) {
      const callId = `call-${index}`
      const burst: readonly FluoEvent[] = [
        { type: 'tool_start', callId, name: 'sum' },
        { type: 'tool_end', callId },
        { type: 'thinking_part', text: 'hm' },
        ...Array.from({ length: 10 }, () => ({ type: 'message_delta', text: 'x' }) as const),
      ]
      for (const event of burst) await log.say(event)
      if (index % 10 === 0) await frames(1)
    }
    await frames(2)
    isOver = true
    unsubscribe()

    expect(log.viewport.textContent).toContain('begin')
    expect(log.thread.store.getState().turns.at(-1)?.runs[0]?.messages[0]?.parts).toHaveLength(301)
    expect(commits).toBeGreaterThan(10)
    expect(commits).toBeLessThanOrEqual(painted + 1)
  })
})
