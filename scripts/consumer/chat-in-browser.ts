import type { Browser, Page } from 'playwright'

const answer = 'Hello! I am a scripted agent. Ask me anything and I will say this again.'

/** How a person asks on a page, and waits until the answer is over. */
export type Ask = (page: Page) => Promise<void>

/** Use 1: the parts. */
export const askComposer: Ask = async (page) => {
  const input = page.getByRole('textbox', { name: 'Message' })
  await input.fill('Hello?')
  await input.press('Enter')
}

/** Use 2: the hook, with two buttons. */
export const askButton: Ask = async (page) => {
  await page.getByRole('button', { name: 'Ask' }).click()
}

/**
 * Asks twice on a page, and throws unless both answers grew before the reader's eyes and the console stayed silent.
 * Returns how often the text was seen to grow.
 */
export async function chatInBrowser(browser: Browser, url: string, ask: Ask): Promise<number> {
  const page = await (await browser.newContext()).newPage()
  page.setDefaultTimeout(15_000)
  const said: string[] = []
  page.on('pageerror', (error) => said.push(String(error)))
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) said.push(message.text())
  })
  await page.goto(url)
  await watchGrowth(page)
  for (const count of [1, 2]) {
    await ask(page)
    await page.waitForFunction(
      ([text, times]) => {
        const announcer = document.querySelector('[data-part=chat-thread-announcer]')
        const said = announcer?.textContent?.includes(text) === true ? 1 : 0 // heard, not seen
        return document.body.innerText.split(text).length - said > times
      },
      [answer, count] as const,
    )
    const stop = page.locator('button:not([aria-disabled="true"])', { hasText: 'Stop' })
    await stop.waitFor({ state: 'hidden' })
  }
  const grown = await page.evaluate(() => Number(document.body.dataset['grown']))
  await page.context().close()
  if (said.length > 0) throw new Error(`The page at ${url} said: ${said.join('; ')}`)
  if (grown < 6) throw new Error(`The answers came in ${grown} pieces: nothing streamed`)
  return grown
}

/** Counts, in the page, the frames in which its text had become longer. */
async function watchGrowth(page: Page): Promise<void> {
  await page.evaluate(() => {
    const lengthOf = (element: HTMLElement | null): number => element?.innerText.length ?? 0
    // What the announcer says to a screen reader is no growth that a reader sees.
    const shown = (): number =>
      lengthOf(document.body) -
      lengthOf(document.querySelector<HTMLElement>('[data-part=chat-thread-announcer]'))
    let length = shown()
    let grown = 0
    new MutationObserver(() => {
      const now = shown()
      if (now > length) document.body.dataset['grown'] = String((grown += 1))
      length = now
    }).observe(document.body, { subtree: true, childList: true, characterData: true })
  })
}
