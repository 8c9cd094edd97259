import { deltaSteps } from '@fluokit/testing'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openDemo, type OpenDemo, type OpenPage } from './open-demo.ts'

let demo: OpenDemo
let chat: OpenPage

beforeAll(async () => {
  // Without this switch the browser that is driven keeps no page for its Back button.
  demo = await openDemo({ launch: { ignoreDefaultArgs: ['--disable-back-forward-cache'] } })
})
afterEach(async () => {
  await chat.page.context().close()
  demo.fluo.play([])
})
afterAll(() => demo.close())

const start = { event: { type: 'run_start' } } as const
const end = { event: { type: 'message_final', text: 'word '.repeat(200) } } as const
/** An answer of about two seconds. */
const long = { name: 'long', steps: [start, ...deltaSteps('word '.repeat(200), 20), end] }

/** Sends, and waits for the first words. Gives the number of runs that were asked for by then. */
async function begin(): Promise<number> {
  demo.fluo.play(long)
  chat = await demo.open()
  await chat.send('Write on')
  await chat.log.getByText('word word word').waitFor()
  return demo.fluo.requests.length
}

async function whole(): Promise<void> {
  await chat.page.locator('[data-part=message-root][data-status=done]').waitFor()
}

describe('the demo in a browser whose network comes and goes', () => {
  it('reads on while the browser says that it is offline, and asks nothing again (F12)', async () => {
    const runs = await begin()
    const context = chat.page.context()

    for (let flap = 0; flap < 5; flap += 1) {
      await context.setOffline(true)
      expect(await chat.page.evaluate(() => navigator.onLine)).toBe(false)
      await context.setOffline(false)
    }
    await whole()

    expect(demo.fluo.requests).toHaveLength(runs)
    expect(await chat.error.count()).toBe(0)
    expect(chat.said).toEqual([])
  })

  it('tries to send although the browser says that it is offline, and keeps the text (F11)', async () => {
    chat = await demo.open()
    const { page } = chat
    // A browser that is wrong about it, as many are.
    await page.evaluate(() => Object.defineProperty(navigator, 'onLine', { get: () => false }))
    await chat.send('Are you there?')
    await chat.log.getByText('You said: “Are you there?”').waitFor()
    await chat.ready()

    await page.context().setOffline(true)
    await chat.send('And now?')
    await chat.error.waitFor()

    expect(await chat.error.innerText()).toBe('The server could not be reached.')
    await page.context().setOffline(false)
    await page.getByRole('button', { name: 'Retry' }).click()
    await chat.log.getByText('You said: “And now?”').waitFor()
    expect(await page.getByRole('article', { name: 'You' }).count()).toBe(2)
  })
})

describe('the demo in a page that is hidden and shown', () => {
  it('asks for nothing again in twenty rounds, and has the whole answer (F56)', async () => {
    const runs = await begin()
    const { page } = chat
    const other = await page.context().newPage()

    for (let round = 0; round < 20; round += 1) {
      await other.bringToFront()
      await page.bringToFront()
      await page.evaluate(
        (state) => {
          Object.defineProperty(document, 'visibilityState', {
            configurable: true,
            get: () => state,
          })
          document.dispatchEvent(new Event('visibilitychange'))
        },
        round % 2 === 0 ? 'hidden' : 'visible',
      )
    }
    await whole()

    expect(demo.fluo.requests).toHaveLength(runs)
    expect(chat.said).toEqual([])
  })
})

describe('the demo when its page is left in the middle of an answer', () => {
  it('brings question, thread and unsent text back after a reload, and goes on with the answer (F53)', async () => {
    const runs = await begin()
    const { page, input } = chat
    await input.fill('not sent yet')

    await page.reload()
    await whole()

    expect(await page.getByRole('article', { name: 'You' }).innerText()).toContain('Write on')
    expect(await input.inputValue()).toBe('not sent yet')
    expect(demo.fluo.requests).toHaveLength(runs)
    demo.fluo.play([])
    await chat.send('And now?')
    await chat.log.getByText('You said: “And now?”').waitFor()
    expect(demo.fluo.requests.at(-1)?.threadId).toMatch(/^thread_/)
  })

  it('goes on through all that a page is told which is put away and brought back, and asks nothing again (F54)', async () => {
    const runs = await begin()

    await chat.page.evaluate(() => {
      for (const [target, type] of [
        [window, 'pagehide'],
        [document, 'freeze'],
        [document, 'resume'],
        [window, 'pageshow'],
      ] as const) {
        target.dispatchEvent(new PageTransitionEvent(type, { persisted: true }))
      }
    })
    await whole()

    expect(demo.fluo.requests).toHaveLength(runs)
    expect(demo.fluo.requests.at(-1)?.closedBy).not.toBe('client')
    expect(chat.said).toEqual([])
  })

  it('has the whole answer when Back brings the same page back (F54)', async ({ skip }) => {
    demo.fluo.play(long)
    chat = await demo.open()
    const page = await chat.page.context().newPage() // one whose answers nobody reads along
    await page.goto(demo.demo.url)
    await page.getByRole('textbox', { name: 'Message' }).fill('Write on')
    await page.keyboard.press('Enter')
    await page.getByRole('log').getByText('word word word').waitFor()
    const runs = demo.fluo.requests.length
    await page.evaluate(() => {
      addEventListener('pageshow', ({ persisted }) => (document.title = `kept: ${persisted}`))
    })

    await page.goto(`${demo.demo.url}/elsewhere`)
    await page.goBack({ waitUntil: 'commit' })
    await page.getByRole('log').waitFor()
    // The small headless build of Chromium that comes with the project keeps no page; a whole Chrome does.
    skip((await page.title()) !== 'kept: true', 'this browser keeps no page for its Back button')
    await page.locator('[data-part=message-root][data-status=done]').waitFor()

    expect(demo.fluo.requests).toHaveLength(runs)
    expect(demo.fluo.requests.at(-1)?.closedBy).not.toBe('client')
    expect(await page.locator('[data-part=chat-thread-error]').count()).toBe(0)
  })
})
