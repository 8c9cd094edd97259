import { join } from 'node:path'
import { chromium, type Browser, type FrameLocator, type Page } from 'playwright'
import { launchOptions } from '../browser.ts'
import type { Steps } from './check-steps.ts'
import { serveApp } from './serve-app.ts'

type Open = (story: string) => Promise<FrameLocator>

/** Opens the built Storybook in Chromium, sees that each story plays its script, and drives one from the toolbar. */
export async function playStories(app: string, { step }: Steps): Promise<void> {
  const server = await serveApp(join(app, 'storybook-static'), null)
  let browser: Browser | null = null
  try {
    const launched = await chromium.launch(launchOptions())
    browser = launched
    await step('stories of docs/storybook.md play, and step from the toolbar', () =>
      inStorybook(launched, server.url, async (open, page) => {
        await sees(await open('policychat--cut-off'), [
          'Compare the two policies.',
          'The first policy covers',
          'Sorry: network',
        ])
        await sees(await open('policychat--answered'), ['Hello', '17 times 23 is 391.'])
        return `${await driveFromToolbar(page)} steps played by hand`
      }),
    )
    await step('use 3 plays its script', () =>
      inStorybook(launched, server.url, async (open) => {
        const story = await open('chat--cut-off')
        await sees(story, ['Compare the two policies.', 'The first policy covers'])
      }),
    )
  } finally {
    await browser?.close()
    server.close()
  }
}

/** Does something in a page of its own, and throws unless its console stayed silent. */
async function inStorybook<Facts>(
  browser: Browser,
  url: string,
  look: (open: Open, page: Page) => Promise<Facts>,
): Promise<Facts> {
  const page = await browser.newPage()
  page.setDefaultTimeout(10_000)
  const said: string[] = []
  page.on('pageerror', (error) => said.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error') said.push(message.text())
  })
  const facts = await look((story) => openStory(page, url, story), page)
  await page.close()
  if (said.length > 0) throw new Error(`Storybook said: ${said.join('; ')}`)
  return facts
}

async function openStory(page: Page, url: string, story: string): Promise<FrameLocator> {
  await page.goto(`${url}/index.html?path=/story/${story}`)
  return page.frameLocator('#storybook-preview-iframe')
}

/** Waits until the component shows all of these texts. */
async function sees(story: FrameLocator, texts: readonly string[]): Promise<void> {
  for (const text of texts) {
    const shown = story.locator('#storybook-root').getByText(text)
    await shown.waitFor().catch(async () => {
      const body = await story.locator('body').innerText()
      throw new Error(`The story does not show "${text}". It shows:\n${body}`)
    })
  }
}

/**
 * Restarts the story that is open, holds it while it still has a way to go, and plays it step by step to its end.
 * Returns how many steps were played by hand.
 */
async function driveFromToolbar(page: Page): Promise<number> {
  const press = (name: string): Promise<void> =>
    page.getByRole('button', { name, exact: true }).click()
  const counter = page.getByTitle('Steps played')
  const read = async (): Promise<readonly [number, number]> => {
    const [index, of] = (await counter.innerText()).split(' / ').map(Number)
    return [index ?? NaN, of ?? NaN]
  }
  const settle = async (): Promise<boolean> => {
    await page.waitForTimeout(200)
    const before = await counter.innerText()
    await page.waitForTimeout(400) // longer than any wait of the script
    const [index, of] = await read()
    return before === (await counter.innerText()) && index < of
  }
  let isHeld = false
  for (let attempt = 0; attempt < 5 && !isHeld; attempt += 1) {
    await press('Restart the script')
    await press('Pause the script')
    isHeld = await settle()
  }
  if (!isHeld) throw new Error('Restarted and paused, the script ran to its end')
  const [begin, of] = await read()
  for (let index = begin + 1; index <= of; index += 1) {
    await press('Play one step of the script')
    await page.getByText(`${index} / ${of}`, { exact: true }).waitFor()
    await page.waitForTimeout(50)
    const [now] = await read()
    if (now !== index) throw new Error(`One step led from ${index - 1} to ${now} of ${of}`)
  }
  return of - begin
}
