import { deltaSteps } from '@fluokit/testing'
import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDemo, type OpenDemo, type OpenPage } from './open-demo.ts'

let demo: OpenDemo

beforeAll(async () => {
  demo = await openDemo()
})
afterAll(() => demo.close())

/** A second tab beside the first one, with the same cookies and storage. */
async function openBeside({ page }: OpenPage): Promise<Page> {
  const second = await page.context().newPage()
  await second.goto(demo.demo.url)
  await second.getByRole('textbox', { name: 'Message' }).waitFor()
  return second
}

async function send(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Message' }).fill(text)
  await page.getByRole('textbox', { name: 'Message' }).press('Enter')
}

const words = {
  name: 'words',
  steps: [{ event: { type: 'run_start' } }, ...deltaSteps('word '.repeat(400), 50)],
} as const

describe('the demo in two tabs of one browser', () => {
  it('asks once: a second send is refused and its text stays (F63)', async () => {
    demo.fluo.play(words)
    const first = await demo.open()
    const second = await openBeside(first)
    await first.send('From the first tab')
    await first.log.getByText('word word').waitFor()
    const asked = demo.fluo.requests.length

    await send(second, 'From the second tab')
    await second.waitForTimeout(500)

    expect(demo.fluo.requests).toHaveLength(asked)
    expect(await second.getByRole('textbox', { name: 'Message' }).inputValue()).toBe(
      'From the second tab',
    )
    expect(await second.getByRole('article', { name: 'You' }).count()).toBe(0)
    expect(first.said).toEqual([])
    await first.page.context().close()
  })

  it('hands over when the writing tab closes: the other goes on with its answer and its thread (F63)', async () => {
    demo.fluo.play(words)
    const first = await demo.open()
    const second = await openBeside(first)
    await first.send('From the first tab')
    await first.log.getByText('word word word word word word').waitFor()
    await first.page.waitForTimeout(600) // more than the journal takes
    const asked = demo.fluo.requests.length

    await first.page.close()
    await second.getByRole('log').getByText('word word').waitFor()
    const grown = (await second.getByRole('log').innerText()).length + 100
    await expect
      .poll(async () => (await second.getByRole('log').innerText()).length)
      .toBeGreaterThan(grown)
    expect(demo.fluo.requests).toHaveLength(asked)
    await second.getByRole('button', { name: 'Stop' }).click()
    demo.fluo.play([])
    await send(second, 'From the second tab')
    await second.getByRole('log').getByText('You said: “From the second tab”').waitFor()

    expect(await second.getByRole('article', { name: 'You' }).count()).toBe(2)
    expect(demo.fluo.requests.at(-1)?.threadId).toMatch(/^thread_/)
    await second.context().close()
  })

  it('shows in each tab what was said in the other, once and in order (F64)', async () => {
    demo.fluo.play([])
    const first = await demo.open()
    const second = await openBeside(first)

    await first.send('One')
    await second.getByRole('log').getByText('You said: “One”').waitFor()
    await send(second, 'Two')
    await first.log.getByText('You said: “Two”').waitFor()

    const asked = (page: Page) => page.getByRole('article', { name: 'You' }).allInnerTexts()
    const inFirst = await asked(first.page)
    expect(inFirst.map((text) => /One|Two/.exec(text)?.[0])).toEqual(['One', 'Two'])
    expect((await asked(second)).map((text) => /One|Two/.exec(text)?.[0])).toEqual(['One', 'Two'])
    expect(demo.fluo.requests.at(-1)?.threadId).toMatch(/^thread_/)
    expect(first.said).toEqual([])
    await first.page.context().close()
  })
})
