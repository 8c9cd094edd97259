// Takes the README's picture and recording of the demo: `npx pnpm@12 picture`.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import gifenc from 'gifenc'
import { chromium, type Page } from 'playwright'
import { PNG } from 'pngjs'
import { launchOptions } from '../../scripts/browser.ts'
import { startDemo } from './server/start-demo.ts'

const { applyPalette, GIFEncoder, quantize } = gifenc
const folder = join(import.meta.dirname, '../../docs/pictures')
const frameMs = 150
const seconds = 11

const stateDir = mkdtempSync(join(tmpdir(), 'fluokit-picture-'))
const demo = await startDemo({ port: 0, env: {}, stateDir, log: (line) => console.error(line) })
const browser = await chromium.launch(launchOptions())
mkdirSync(folder, { recursive: true })
try {
  await takePicture(await open(960, 800, 2))
  await record(await open(560, 460, 1))
} finally {
  await browser.close()
  await demo.close()
  rmSync(stateDir, { recursive: true, force: true })
}

async function open(width: number, height: number, deviceScaleFactor: number): Promise<Page> {
  const page = await browser.newPage({ viewport: { width, height }, deviceScaleFactor })
  await page.goto(demo.url)
  return page
}

/** Attaches the two policies and asks what differs. They go as slowly as elsewhere, so that it can be seen. */
async function compare(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const rest = { offline: false, latency: 0, downloadThroughput: -1 }
  await session.send('Network.emulateNetworkConditions', { ...rest, uploadThroughput: 40_000 })
  await page.getByRole('button', { name: 'Compare two documents' }).click()
  await page.mouse.move(0, 0)
}

async function takePicture(page: Page): Promise<void> {
  await compare(page)
  await page.getByRole('log').getByText('In short:').waitFor()
  await page.getByRole('button', { name: 'Stop' }).waitFor({ state: 'hidden' })
  await page.mouse.move(480, 300)
  await page.mouse.wheel(0, -10_000)
  await page.mouse.move(0, 0)
  await page.waitForTimeout(300)
  await page.screenshot({ path: join(folder, 'demo.png'), animations: 'disabled' })
}

/** Some seconds of two files, a question and its answer. Frames in which nothing changed become one that stands longer. */
async function record(page: Page): Promise<void> {
  const gif = GIFEncoder()
  const start = performance.now()
  let shown: Buffer | null = null
  let since = 0
  for (let frame = 0; frame <= (seconds * 1000) / frameMs; frame += 1) {
    if (frame === 5) await compare(page)
    const late = start + frame * frameMs - performance.now()
    if (late > 0) await page.waitForTimeout(late)
    const next = await page.screenshot()
    const isLast = frame === Math.floor((seconds * 1000) / frameMs)
    if (shown !== null && (isLast || !next.equals(shown))) {
      write(gif, shown, isLast ? 2000 : (frame - since) * frameMs)
      since = frame
    }
    if (shown === null || !next.equals(shown)) shown = next
  }
  gif.finish()
  writeFileSync(join(folder, 'demo.gif'), gif.bytes())
}

function write(gif: ReturnType<typeof GIFEncoder>, screenshot: Buffer, delay: number): void {
  const { data, width, height } = PNG.sync.read(screenshot)
  const palette = quantize(data, 32)
  gif.writeFrame(applyPalette(data, palette), width, height, { palette, delay })
}
