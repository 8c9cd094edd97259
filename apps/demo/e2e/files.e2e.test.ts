import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator } from 'playwright'
import { afterEach, beforeAll, afterAll, describe, expect, it } from 'vitest'
import { openDemo, type OpenDemo, type OpenPage } from './open-demo.ts'

interface PickedFile {
  readonly name: string
  readonly mimeType: string
  readonly buffer: Buffer
}

const folder = join(import.meta.dirname, '../public/policies')
const policy = (year: number): PickedFile => ({
  name: `travel-policy-${year}.pdf`,
  mimeType: 'application/pdf',
  buffer: readFileSync(join(folder, `travel-policy-${year}.pdf`)),
})
const question = 'Can you compare the two uploaded policies?'

let demo: OpenDemo
let chat: OpenPage

beforeAll(async () => {
  demo = await openDemo()
})
afterEach(async () => {
  await chat.page.context().close()
  demo.fluo.storage.set({ bytesPerSecond: Infinity })
})
afterAll(() => demo.close())

async function attach(...files: readonly PickedFile[]): Promise<void> {
  const chosen = chat.page.waitForEvent('filechooser')
  await chat.page.getByRole('button', { name: 'Attach files' }).click()
  await (await chosen).setFiles([...files])
}

/** The chip of a file in the composer. */
function chip(name: string): Locator {
  return chat.page.locator('form').getByRole('group', { name })
}

async function untilReady(...names: readonly string[]): Promise<void> {
  for (const name of names) await chip(name).and(chat.page.locator('[data-status=ready]')).waitFor()
}

/** Lets the page send no faster, in bytes a second: a small file would be in the system's buffers at once. */
async function sendAt(uploadThroughput: number): Promise<void> {
  const session = await chat.page.context().newCDPSession(chat.page)
  const rest = { offline: false, latency: 0, downloadThroughput: -1 }
  await session.send('Network.emulateNetworkConditions', { ...rest, uploadThroughput })
}

/** How many runs Fluo was asked for. */
function runs(): number {
  return demo.fluo.requests.filter(({ path }) => path.includes('/stream/')).length
}

function lastBody(): Readonly<Record<string, unknown>> {
  const run = demo.fluo.requests.findLast(({ path }) => path.includes('/stream/'))
  return run?.body as Readonly<Record<string, unknown>>
}

async function answered(): Promise<void> {
  await chat.page
    .locator('[data-part=message-root][data-status=done]')
    .last()
    .waitFor({ timeout: 25_000 })
  await chat.ready()
}

/** Runs in the page: all that it keeps beyond itself. */
async function readStored(): Promise<string> {
  const kept: unknown[] = Object.entries(localStorage)
  const settled = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.addEventListener('success', () => resolve(request.result))
      request.addEventListener('error', () => reject(new Error('not read')))
    })
  for (const { name = '' } of await indexedDB.databases()) {
    const database = await settled(indexedDB.open(name))
    for (const store of database.objectStoreNames) {
      kept.push(await settled(database.transaction(store).objectStore(store).getAll()))
    }
    database.close()
  }
  return JSON.stringify(kept)
}

describe('files in the demo', () => {
  it('are two policies that are uploaded with progress, compared, still there after a reload, and asked about again', async () => {
    chat = await demo.open()
    await sendAt(40_000)
    await attach(policy(2025), policy(2026))
    for (const year of [2025, 2026]) {
      const bar = chat.page.getByRole('progressbar', {
        name: `Upload of travel-policy-${year}.pdf`,
      })
      await bar.waitFor()
      expect(await bar.getAttribute('aria-valuetext')).toMatch(/^\d+ (bytes|kB) of 31 kB$/)
    }
    await untilReady('travel-policy-2025.pdf', 'travel-policy-2026.pdf')
    await chat.send(question)
    await chat.page.getByText('read_document').first().waitFor()
    await chat.log.getByText('at least 21 days before departure').waitFor({ timeout: 25_000 })
    await answered()

    expect(await chat.log.getByText('at least 14 days before departure').count()).toBe(1)
    expect(await chat.page.getByText('compare_documents').count()).toBe(1)
    expect(lastBody()).toMatchObject({
      query: question,
      documents: [expect.stringContaining('2025.pdf'), expect.stringContaining('2026.pdf')],
    })

    await chat.page.reload()
    await chat.log.getByRole('group', { name: 'travel-policy-2026.pdf' }).waitFor()
    expect(await chat.log.getByText('at least 21 days before departure').count()).toBe(1)
    await chat.send('Which limit do they have for hotels?')
    await answered()
    expect(
      await chat.page.locator('[data-part=message-root][data-role=assistant]').last().innerText(),
    ).toContain('155 euros')
    expect(lastBody()).not.toHaveProperty('documents')
    expect(chat.said).toEqual([])
  })

  it('show how far a large one has come', async () => {
    chat = await demo.open()
    await sendAt(600_000)
    await attach({
      name: 'talk.ogg',
      mimeType: 'audio/ogg',
      buffer: Buffer.concat([Buffer.from('OggS'), Buffer.alloc(1_200_000)]),
    })
    const bar = chat.page.getByRole('progressbar')
    const seen = new Set<string>()
    for (;;) {
      const value = await bar.getAttribute('aria-valuenow', { timeout: 1000 }).catch(() => null)
      if (value === null) break
      seen.add(value)
      await chat.page.waitForTimeout(30)
    }

    await untilReady('talk.ogg')
    expect(seen.size).toBeGreaterThan(3)
  })

  it('are sent once they are ready, and not before somebody who waits says otherwise', async () => {
    chat = await demo.open()
    demo.fluo.storage.set({ bytesPerSecond: 12_000 })
    const before = runs()
    await attach(policy(2025), policy(2026))
    await chat.send(question)
    const waiting = chat.page.locator('[data-part=composer-waiting]')
    await waiting.getByText('Sends when 2 files are ready…').waitFor()
    await chat.page.getByRole('button', { name: 'Do not send yet' }).click()
    await waiting.waitFor({ state: 'hidden' })
    expect(await chat.input.inputValue()).toBe(question)

    await chat.input.press('Enter')
    await chat.input.press('Enter')
    await waiting.waitFor()
    expect(runs()).toBe(before)
    await answered()

    expect(runs()).toBe(before + 1)
    expect(lastBody()).toMatchObject({ query: question, documents: { length: 2 } })
    expect(await chat.input.inputValue()).toBe('')
  })

  it('keep the others and the text when one fails, and can be tried again by themselves (F77)', async () => {
    chat = await demo.open()
    demo.fluo.storage.failNext('put', { status: 413 })
    await attach(policy(2025))
    await chat.page.getByText('The file could not be stored.').waitFor()
    await attach(policy(2026))
    await untilReady('travel-policy-2026.pdf')
    await chat.input.fill(question)
    await chat.page.getByRole('button', { name: 'Retry travel-policy-2025.pdf' }).click()
    await untilReady('travel-policy-2025.pdf')
    expect(await chat.input.inputValue()).toBe(question)
    await chat.input.press('Enter')
    await chat.log.getByText('at least 21 days before departure').waitFor({ timeout: 25_000 })

    expect(lastBody()).toMatchObject({
      documents: [expect.stringContaining('2025.pdf'), expect.stringContaining('2026.pdf')],
    })
  })

  it('go again, unseen, when the signed URL had expired (F77)', async () => {
    chat = await demo.open()
    demo.fluo.storage.failNext('put', { status: 403 })
    await attach(policy(2025))

    await untilReady('travel-policy-2025.pdf')
    expect(demo.fluo.storage.puts.slice(-2).map(({ status }) => status)).toEqual([403, 200])
  })

  it('stop where they are when they are taken out, and nothing is sent (F76)', async () => {
    chat = await demo.open()
    demo.fluo.storage.set({ bytesPerSecond: 5_000 })
    const before = runs()
    const put = demo.fluo.storage.nextPut()
    await attach(policy(2025))
    await chat.input.fill('Hello')
    const arrived = await put
    await chat.page.getByRole('button', { name: 'Remove travel-policy-2025.pdf' }).click()

    expect(await arrived.ended).toBeNull()
    expect(await chip('travel-policy-2025.pdf').count()).toBe(0)
    expect(await chat.input.inputValue()).toBe('Hello')
    expect(runs()).toBe(before)
  })

  it('wait in the draft over a reload, and a picture is seen again without its URL being kept', async () => {
    chat = await demo.open()
    const buffer = await chat.page.screenshot({ clip: { x: 0, y: 0, width: 80, height: 60 } })
    await attach({ name: 'page.png', mimeType: 'image/png', buffer })
    await untilReady('page.png')
    await chat.input.fill('What is this?')
    await chat.page.reload()
    await untilReady('page.png')
    expect(await chat.input.inputValue()).toBe('What is this?')
    await chat.input.press('Enter')
    await answered()
    await chat.page.reload()

    const picture = chat.log.getByRole('img', { name: 'Preview of page.png' })
    await picture.and(chat.page.locator('[data-status=shown]')).waitFor()
    expect(await picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(80)
    const stored = await chat.page.evaluate(readStored)
    expect(stored).toContain('page.png')
    expect(stored).not.toContain(demo.fluo.storage.url)
    expect(stored).not.toMatch(/X-Amz|blob:/)
    expect(lastBody()).toMatchObject({ images: { length: 1 } })
  })

  it('can be dropped and pasted, and text still is text', async () => {
    chat = await demo.open()
    const give = (type: 'drop' | 'paste', text: string | null): Promise<void> =>
      chat.input.evaluate(
        (input, [name, words]) => {
          const data = new DataTransfer()
          data.items.add(new File(['# A'], `${name}.md`, { type: 'text/markdown' }))
          if (words !== null) data.setData('text/plain', words)
          const init = { bubbles: true, cancelable: true }
          if (name === 'paste')
            input.dispatchEvent(new ClipboardEvent('paste', { ...init, clipboardData: data }))
          else
            for (const step of ['dragenter', 'dragover', 'drop'])
              input.dispatchEvent(new DragEvent(step, { ...init, dataTransfer: data }))
        },
        [type, text] as const,
      )

    await give('drop', null)
    await give('paste', null)
    await untilReady('drop.md', 'paste.md')
    await give('paste', 'the cells of a table, of which there is a picture as well')
    expect(await chat.page.locator('form').getByRole('group').count()).toBe(2)
  })

  it('that cannot be attached say why before anything leaves the page (F78)', async () => {
    chat = await demo.open()
    const before = demo.fluo.requests.length
    await attach(
      { name: 'empty.txt', mimeType: 'text/plain', buffer: Buffer.alloc(0) },
      { name: 'program.exe', mimeType: 'application/x-msdownload', buffer: Buffer.from('MZ') },
      { name: 'renamed.pdf', mimeType: 'application/pdf', buffer: Buffer.from('Hello') },
    )
    await chip('empty.txt').getByText('This file is empty.').waitFor()
    await chip('program.exe').getByText('Files of this kind cannot be attached.').waitFor()
    await chip('renamed.pdf').getByText('not of the kind that its name says').waitFor()

    expect(demo.fluo.requests).toHaveLength(before)
    await chat.send('Hello')
    await answered()
    expect(await chip('empty.txt').count()).toBe(1)
  })
})

describe('files in the demo, with a storage that knows no other origin', () => {
  it('go through the relay', async () => {
    const other = await openDemo({
      uploads: { upload: 'relay' },
      standIn: { storage: { cors: false } },
    })
    try {
      chat = await other.open()
      await attach(policy(2025), policy(2026))
      await untilReady('travel-policy-2025.pdf', 'travel-policy-2026.pdf')
      await chat.send(question)
      await chat.log.getByText('at least 21 days before departure').waitFor({ timeout: 25_000 })
      expect(chat.said).toEqual([])
    } finally {
      await other.close()
    }
  })
})
