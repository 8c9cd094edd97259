import { deltaSteps } from '@fluokit/testing'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openDemo, type OpenDemo, type OpenPage } from './open-demo.ts'

let demo: OpenDemo
let chat: OpenPage

beforeAll(async () => {
  demo = await openDemo()
})
afterEach(async () => {
  await chat.page.context().close()
  demo.fluo.play([])
})
afterAll(() => demo.close())

const words = Array.from({ length: 300 }, (_, index) => `w${index + 1} `).join('')
const long = {
  name: 'long',
  steps: [
    { event: { type: 'run_start' } },
    ...deltaSteps(words, 30),
    { event: { type: 'message_final', text: words } },
  ],
} as const

/** What the list shows: titles, with three dots behind what is being answered, and brackets around what is shown. */
async function listed(): Promise<readonly string[]> {
  return chat.page.locator('[data-part=thread-list-item]').evaluateAll((items) =>
    items.map((item) => {
      const { running, active } = (item as HTMLElement).dataset
      const title = item.querySelector('[data-part=thread-list-title]')?.textContent ?? ''
      const text = running === undefined ? title : `${title} …`
      return active === undefined ? text : `[${text}]`
    }),
  )
}

describe('the threads of the demo', () => {
  it('go on while another one is shown, each answer whole and once, and are renamed and deleted (F48)', async () => {
    demo.fluo.play(long)
    chat = await demo.open()
    const { page } = chat
    const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true })
    await page.getByText('No threads yet.').waitFor()
    await chat.send('Tell me everything')
    await chat.log.getByText('w2 ').waitFor()

    demo.fluo.play([])
    await button('New thread').click()
    await expect.poll(listed).toEqual(['Tell me everything …'])
    expect(await chat.log.innerText()).not.toContain('w2')
    await chat.send('Hello')
    await chat.log.getByText('You said: “Hello”').waitFor()
    await chat.ready()
    await expect.poll(listed).toEqual(['[Hello]', 'Tell me everything …'])
    await page.reload()
    await chat.log.getByText('You said: “Hello”').waitFor()
    expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe('/')
    await expect.poll(listed).toEqual(['[Hello]', 'Tell me everything …'])

    await button(/^Tell me everything/).click()
    // Its thread is read back first, and shows no Stop before.
    await expect.poll(listed, { timeout: 15_000 }).toEqual(['Hello', '[Tell me everything]'])
    const answer = page.getByRole('article', { name: 'Assistant' })
    await expect
      .poll(async () => (await answer.innerText()).match(/w\d+/g)?.join(' ') ?? '')
      .toBe(words.trim())
    expect(await answer.count()).toBe(1)
    expect(demo.fluo.requests).toHaveLength(2)

    await button('Tell me everything').press('F2')
    await page.getByRole('textbox', { name: 'Title' }).fill('All of it')
    await page.keyboard.press('Enter')
    await expect.poll(listed).toEqual(['Hello', '[All of it]'])
    await button('Delete All of it').click()
    await page.keyboard.press('Escape')
    expect(await listed()).toEqual(['Hello', '[All of it]'])
    await button('Delete All of it').click()
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
    await expect.poll(listed).toEqual(['[Hello]'])
    await page.reload()
    await chat.log.getByText('You said: “Hello”').waitFor()

    await expect.poll(listed).toEqual(['[Hello]'])
    expect(chat.said).toEqual([])
  })

  it('slide over a phone, and are out of the way once one is chosen', async () => {
    chat = await demo.open({ viewport: { width: 390, height: 780 }, hasTouch: true })
    const { page } = chat
    const rail = page.getByRole('dialog', { name: 'Threads' })
    const threads = page.getByRole('button', { name: 'Threads' })
    const hasFocus = (): Promise<boolean> =>
      threads.evaluate((node) => node === document.activeElement)
    await chat.send('Hello')
    await chat.ready()
    await page.getByRole('button', { name: 'New thread' }).click()

    await threads.click()
    await page.keyboard.press('Escape')
    await rail.waitFor({ state: 'hidden' })
    expect(await hasFocus()).toBe(true)
    await threads.click()
    await rail.getByRole('button', { name: 'Hello', exact: true }).click()

    await rail.waitFor({ state: 'hidden' })
    await chat.log.getByText('You said: “Hello”').waitFor()
    expect(await hasFocus()).toBe(true)
  })
})
