import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser, type Page } from 'playwright'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { launchOptions } from '../../../scripts/browser.ts'
import { startDemo, type Demo } from '../server/start-demo.ts'

const stateDir = mkdtempSync(join(tmpdir(), 'fluokit-break-'))
let demo: Demo
let browser: Browser
let page: Page

beforeAll(async () => {
  demo = await startDemo({
    port: 0,
    env: {},
    stateDir,
    log: () => undefined,
    standIn: { speed: 4 },
  })
  browser = await chromium.launch(launchOptions())
})
afterAll(async () => {
  await browser.close()
  await demo.close()
  rmSync(stateDir, { recursive: true, force: true })
})
beforeEach(async () => {
  page = await (await browser.newContext()).newPage()
  page.setDefaultTimeout(10_000)
  await page.goto(demo.url)
})

async function breakAndAsk(title: string): Promise<void> {
  await page.getByRole('button', { name: 'Break it' }).click()
  const way = page.getByRole('button', { name: new RegExp(`^${title}`) })
  await way.click()
  await expect.poll(() => way.getAttribute('aria-pressed')).toBe('true')
  const input = page.getByRole('textbox', { name: 'Message' })
  await input.fill('What is 17 * 23?')
  await input.press('Enter')
  await expect.poll(() => way.getAttribute('aria-pressed')).toBe('false')
}

describe('the header of the demo', () => {
  it.each([390, 360, 320])('holds all its buttons at %i pixels', async (width) => {
    await page.setViewportSize({ width, height: 700 })

    const ends = await page
      .locator('.page-header > *')
      .evaluateAll((elements) => elements.map((element) => element.getBoundingClientRect().right))
    expect(ends).toHaveLength(7)
    expect(Math.max(...ends)).toBeLessThanOrEqual(width)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width)
  })
})

const status = (): Promise<string | null> =>
  page.locator('[data-part="message-root"]').last().getAttribute('data-status')

describe('the drawer of the demo', () => {
  it.each([
    ['Cut the wire', 'interrupted', 'The connection was lost'],
    ['Rate limit', 'failed', 'Too many messages'],
  ])('breaks the next answer: %s', async (title, end, sentence) => {
    await breakAndAsk(title)

    await page.locator('[data-part="chat-thread-error"]').getByText(sentence).waitFor()
    expect(await status()).toBe(end)
    const log = page.getByRole('log')
    expect(await log.getByText('What is 17 * 23?').count()).toBe(1)
  })

  it.each(['Garbage frame', 'Unknown event', 'Slow words'])(
    'breaks nothing that matters: %s',
    async (title) => {
      await breakAndAsk(title)

      await page.getByText('17 * 23 is 391.').first().waitFor()
      await expect.poll(status, { timeout: 10_000 }).toBe('done')
    },
  )

  it('forgets the thread, and goes on in a new one only when the person asks', async () => {
    const input = page.getByRole('textbox', { name: 'Message' })
    await input.fill('Hello')
    await input.press('Enter')
    await page.getByText('You said: “Hello”').waitFor()
    await expect.poll(status).toBe('done')
    await breakAndAsk('Gone thread')
    const gone = page.locator('[data-part="chat-thread-error"]').getByText('no longer available')
    await gone.waitFor()

    await page.getByRole('button', { name: 'Retry' }).click()

    await page.getByText('17 * 23 is 391.').first().waitFor()
    expect(await page.getByText('You said: “Hello”').count()).toBe(1)
    await expect.poll(status).toBe('done') // or the next test would ask while this answer is open
  })

  it('stalls, until the person stops', async () => {
    await breakAndAsk('Stall')
    await page
      .getByText(/17 \* 23 is/)
      .first()
      .waitFor()

    await page.getByRole('button', { name: 'Stop', exact: true }).click()

    await expect.poll(status).toBe('stopped')
  })

  it('takes and gives back the focus, and is no way in for other pages', async () => {
    const open = page.getByRole('button', { name: 'Break it' })
    await open.click()
    await page.getByRole('dialog', { name: 'Break it' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    expect(await open.evaluate((node) => node === document.activeElement)).toBe(true)

    const post = (body: string, headers: Record<string, string>): Promise<number> =>
      fetch(`${demo.url}/api/break`, { method: 'POST', body, headers }).then(
        (answer) => answer.status,
      )
    expect(await post('{"how":"cut"}', { 'content-type': 'text/plain' })).toBe(405)
    const json = { 'content-type': 'application/json' }
    expect(await post('{"how":"cut"}', { ...json, 'sec-fetch-site': 'cross-site' })).toBe(405)
    expect(await post('{"how":"everything"}', json)).toBe(422)
    expect(await post('no json', json)).toBe(422)
    expect(await post('{"how":null}', json)).toBe(204)
  })
})
