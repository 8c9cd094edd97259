import { scripts } from '@fluokit/testing'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openDemo, type OpenDemo, type OpenPage } from './open-demo.ts'

let demo: OpenDemo
let chat: OpenPage

beforeAll(async () => {
  demo = await openDemo()
})
afterEach(() => chat.page.context().close())
afterAll(() => demo.close())

describe("the demo's timeline", () => {
  it('shows what went wrong before it was opened, styled within a strict policy, and no secret', async () => {
    demo.fluo.play([scripts.thinkingAndTool, scripts.errorEvent])
    chat = await demo.open()
    for (const question of ['One', 'Two']) {
      await chat.send(question)
      await chat.ready()
    }
    await chat.page.getByRole('button', { name: 'Timeline' }).click()
    const drawer = chat.page.getByRole('dialog', { name: 'Timeline' })
    const panel = drawer.getByRole('region', { name: 'Fluokit devtools' })
    await drawer.getByRole('radio', { name: /Run 2.*failed/ }).waitFor()
    expect(await panel.evaluate((element) => getComputedStyle(element).display)).toBe('flex')

    await drawer.getByRole('radio', { name: /Run 1.*done/ }).check()
    const row = drawer.locator('[data-fluo-kind="tool_start"] td').last()
    expect(await row.textContent()).toMatch(/"x+":"11 \* 11"/)
    await drawer.getByText('Show text and IDs').click()
    expect(await row.textContent()).toContain('17 * 23')

    const handles = await chat.page.evaluate(() =>
      Array.from({ length: localStorage.length }, (_, at) => localStorage.key(at) ?? '')
        .map((key) => /"threadRef":"([^"]+)"/.exec(localStorage.getItem(key) ?? '')?.[1])
        .filter((handle) => handle !== undefined),
    )
    expect(handles).toHaveLength(1)
    const html = await panel.innerHTML()
    for (const handle of handles) expect(html).not.toContain(handle)
    expect(chat.said).toEqual([])

    await chat.page.keyboard.press('Escape')
    await drawer.waitFor({ state: 'detached' })
    expect(await chat.page.evaluate(() => document.activeElement?.textContent)).toBe('Timeline')
  })
})
