import type { Agent } from '@fluokit/testing/node'
import type { Locator, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDemo, type OpenDemo } from './open-demo.ts'

interface Sent {
  readonly at: number
  readonly text: string
}

/** What the stand-in sent in the run that began last, with when. */
let sent: Sent[] = []
let demo: OpenDemo

/** Speaks on and on, a numbered word every 10 ms. */
const talker: Agent = async function* ({ signal }) {
  const sentHere: Sent[] = []
  sent = sentHere
  yield { event: { type: 'run_start' } }
  for (let word = 1; !signal.aborted && word < 2000; word += 1) {
    const text = word % 40 === 0 ? `w${word}.\n\n` : `w${word} `
    yield { event: { type: 'message_delta', text } }
    sentHere.push({ at: performance.now(), text })
    yield { waitMs: 10 }
  }
}

beforeAll(async () => {
  demo = await openDemo({ standIn: { agent: talker, speed: 1 } })
})
afterAll(() => demo.close())

/** The journal's interval, and what a write and the way to the page may take on a busy machine, in milliseconds. */
const longestLoss = 250 + 150

const wordsIn = (text: string): readonly string[] => text.match(/w\d+/g) ?? []

async function kill(page: Page): Promise<number> {
  const devtools = await page.context().newCDPSession(page)
  const crashed = page.waitForEvent('crash')
  const at = performance.now()
  void devtools.send('Page.crash').catch(() => undefined) // nobody is left to answer
  await crashed
  return at
}

/** In the conversation: the list of threads has it as a title as well. */
const questionIn = (page: Page): Locator =>
  page.locator('[data-part=chat-thread-root]').getByText('Tell me everything')

/** A new tab: what the killed one kept for itself is gone. */
async function reopen(killed: Page): Promise<Page> {
  const page = await killed.context().newPage()
  await page.goto(demo.demo.url)
  await questionIn(page).waitFor()
  return page
}

describe('a tab that is killed in the middle of an answer', () => {
  it.each([0, 300, 550, 1100, 1900])(
    'comes back after %i ms of text with the question and nearly all of the text, and goes on with the answer (F53)',
    async (moment) => {
      const chat = await demo.open()
      const { page } = chat
      await chat.send('Tell me everything')
      await page.getByText('w1 ').waitFor()
      await new Promise((resolve) => setTimeout(resolve, moment))
      const killedAt = await kill(page)
      const requests = demo.fluo.requests.length

      const again = await reopen(page)
      const shown = wordsIn(await again.getByRole('log').innerText())
      const due = sent.filter(({ at }) => at <= killedAt - longestLoss)
      const whole = wordsIn(sent.map(({ text }) => text).join(''))
      expect(shown.length).toBeGreaterThanOrEqual(due.length)
      expect(shown).toEqual(whole.slice(0, shown.length))
      // In the log if the run was written down already, else still in the input; once in any case.
      const written = again.getByRole('textbox', { name: 'Message' })
      const places = async (): Promise<number> =>
        (await questionIn(again).count()) +
        ((await written.inputValue()) === 'Tell me everything' ? 1 : 0)
      await expect.poll(places).toBe(1)
      // The relay reads on for as long as somebody may come back: the same answer, asked for once.
      const next = `w${wordsIn(sent.map(({ text }) => text).join('')).length + 20} `
      await again.getByText(next).waitFor()
      const later = wordsIn(await again.getByRole('log').innerText())
      expect(later).toEqual(wordsIn(sent.map(({ text }) => text).join('')).slice(0, later.length))
      expect(demo.fluo.requests.length).toBe(requests)
      await again.getByRole('button', { name: 'Stop' }).click()
      await again.getByRole('textbox', { name: 'Message' }).fill('And now?')
      await again.keyboard.press('Enter')
      await expect.poll(() => demo.fluo.requests.length).toBe(requests + 1)
      expect(demo.fluo.requests.at(-1)?.threadId).toMatch(/^thread_/)
    },
  )

  it('comes back with a question that was just sent', async () => {
    const { page, input } = await demo.open()
    await input.fill('Tell me everything')
    await input.press('Enter')
    await kill(page)

    const again = await reopen(page)

    // In the log if the run was written down already, else still in the input; once in any case.
    const written = again.getByRole('textbox', { name: 'Message' })
    const places = async (): Promise<number> =>
      (await questionIn(again).count()) +
      ((await written.inputValue()) === 'Tell me everything' ? 1 : 0)
    await expect.poll(places).toBe(1)
  })
})
