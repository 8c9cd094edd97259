import type { Step } from '@fluokit/testing'
import { startFaultProxy } from '@fluokit/testing/node'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openDemo, type OpenDemo, type OpenPage } from './open-demo.ts'

let demo: OpenDemo
let chat: OpenPage

beforeAll(async () => {
  demo = await openDemo({ standIn: { speed: 1 } })
})
afterEach(async () => {
  await chat.page.context().close()
  demo.fluo.play([])
})
afterAll(() => demo.close())

/** Numbered words, of which none can be missing or doubled unseen. */
const words = Array.from({ length: 150 }, (_, index) => `w${index + 1}`)

/** An answer of about three seconds. */
const long = {
  name: 'long',
  steps: [
    { event: { type: 'run_start' } },
    ...words.flatMap((word): Step[] => [
      { event: { type: 'message_delta', text: `${word} ` } },
      { waitMs: 20 },
    ]),
    { event: { type: 'message_final', text: words.join(' ') } },
  ] satisfies readonly Step[],
}

/** Sends, and waits for the first words. Gives the number of runs that were asked for by then. */
async function begin(url?: string): Promise<number> {
  demo.fluo.play(long)
  chat = await demo.open({}, url)
  await chat.send('Count')
  await chat.log.getByText('w10 ').waitFor()
  return demo.fluo.requests.length
}

const shown = async (): Promise<readonly string[]> =>
  (await chat.log.innerText()).match(/\bw\d+\b/g) ?? []

async function whole(): Promise<void> {
  await chat.page.locator('[data-part=message-root][data-status=done]').waitFor()
  expect(await shown()).toEqual(words)
  expect(await chat.error.count()).toBe(0)
}

describe('the demo, reloaded in the middle of an answer', () => {
  it('goes on with the same answer, which was asked for once, and keeps what was being written (F53)', async () => {
    const runs = await begin()
    await chat.input.fill('not sent yet')

    for (const word of ['w30 ', 'w60 ', 'w90 ']) {
      await chat.page.reload()
      await chat.log.getByText(word).waitFor()
    }
    await whole()

    expect(demo.fluo.requests).toHaveLength(runs)
    expect(demo.fluo.requests.at(-1)?.closedBy).not.toBe('client')
    expect(await chat.input.inputValue()).toBe('not sent yet')
    await chat.page.reload()
    await whole()
    expect(chat.said).toEqual([])
  })

  it('stops the answer at its source', async () => {
    await begin()
    await chat.page.reload()
    await chat.log.getByText('w40 ').waitFor()

    await chat.stop.click()

    await chat.page.locator('[data-part=message-root][data-status=stopped]').waitFor()
    await expect.poll(() => demo.fluo.requests.at(-1)?.closedBy).toBe('client')
    const words = await shown()
    await chat.page.reload()
    await chat.log.getByText('w40 ').waitFor()
    expect(await shown()).toEqual(words)
    expect(await chat.stop.isVisible()).toBe(false)
  })
})

describe('the demo, behind a line that breaks again and again', () => {
  it('has the whole answer, every word once, and it was asked for once (F02, F05)', async () => {
    const proxy = await startFaultProxy({ target: demo.demo.url, fault: 'reset', at: 900 })
    try {
      const runs = await begin(proxy.url)
      await whole()

      expect(proxy.requests).toBeGreaterThan(runs + 5)
      expect(demo.fluo.requests).toHaveLength(runs)
    } finally {
      await proxy.close()
    }
  })
})

describe('the demo, whose relay is restarted in the middle of an answer', () => {
  it('ends as interrupted within five seconds of the new one, and can be asked again (F79)', async () => {
    const runs = await begin()

    await demo.restart()
    await chat.error.waitFor({ timeout: 5000 })

    expect(await chat.error.getAttribute('data-end')).toBe('interrupted')
    expect((await shown()).length).toBeGreaterThanOrEqual(10)
    expect(demo.fluo.requests).toHaveLength(runs)
    demo.fluo.play([])
    await chat.page.getByRole('button', { name: 'Retry' }).click()
    await chat.log.getByText('You said: “Count”').waitFor()
  })
})
