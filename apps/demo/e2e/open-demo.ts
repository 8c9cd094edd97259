import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startStandIn, type StandIn, type StandInOptions } from '@fluokit/testing/node'
import {
  chromium,
  type Browser,
  type BrowserContextOptions,
  type LaunchOptions,
  type Locator,
  type Page,
} from 'playwright'
import { launchOptions } from '../../../scripts/browser.ts'
import { answer } from '../server/agent/answer.ts'
import { startDemo, type Demo, type DemoOptions } from '../server/start-demo.ts'

/** A demo whose relay talks to a server at hand, and a page on it that writes down all that it is told. */
export interface OpenDemo {
  readonly fluo: StandIn
  readonly demo: Demo
  readonly logged: string[]
  /** A page of the demo, at its own address or through a proxy at another. */
  open(options?: BrowserContextOptions, url?: string): Promise<OpenPage>
  /** Ends the relay with all that it knows of its runs, and starts another one at the same address. */
  restart(): Promise<void>
  close(): Promise<void>
}

export interface OpenPage {
  readonly page: Page
  readonly input: Locator
  readonly log: Locator
  /** What went wrong, in a sentence. */
  readonly error: Locator
  readonly stop: Locator
  /** What the console of the page said. */
  readonly said: readonly string[]
  /** URLs, request bodies, answers: all that crossed the line between page and server. */
  readonly crossed: readonly string[]
  send(text: string): Promise<void>
  /** Resolves once no run is open. */
  ready(): Promise<void>
}

export const facts = {
  apiKey: 'canary-key-4f1d',
  projectId: 'canary-project-8a2c',
  agentId: 'agent_e2e',
} as const

/** Starts a stand-in, the demo in front of it as in front of the real Fluo, and a browser. */
export async function openDemo(
  options: {
    standIn?: StandInOptions
    key?: string
    launch?: LaunchOptions
    uploads?: DemoOptions['uploads']
  } = {},
): Promise<OpenDemo> {
  const stateDir = mkdtempSync(join(tmpdir(), 'fluokit-e2e-'))
  const fluo = await startStandIn({
    apiKey: facts.apiKey,
    projectId: facts.projectId,
    agents: [facts.agentId],
    agent: answer,
    speed: 2,
    ...options.standIn,
  })
  const logged: string[] = []
  const start = (port: number): Promise<Demo> =>
    startDemo({
      port,
      stateDir,
      log: (line) => logged.push(line),
      ...(options.uploads && { uploads: options.uploads }),
      env: {
        FLUO_API_KEY: options.key ?? facts.apiKey,
        FLUO_PROJECT_ID: facts.projectId,
        FLUO_AGENT_ID: facts.agentId,
        FLUO_BASE_URL: fluo.url,
      },
    })
  let demo = await start(0)
  const browser = await chromium.launch({ ...launchOptions(), ...options.launch })
  return {
    fluo,
    get demo() {
      return demo
    },
    logged,
    open: (contextOptions, url = demo.url) => openPage(browser, url, contextOptions),
    async restart() {
      await demo.close()
      demo = await start(demo.port)
    },
    async close() {
      await browser.close()
      await demo.close()
      await fluo.close()
      rmSync(stateDir, { recursive: true, force: true })
    },
  }
}

/** Runs in the page, before its own code. */
function copyAnswers(): void {
  const { keepAnswer } = window as unknown as { keepAnswer: (text: string) => Promise<void> }
  const original = window.fetch
  window.fetch = async (...call) => {
    const response = await original(...call)
    const copy = response.clone().body?.pipeThrough(new TextDecoderStream())
    void copy
      ?.pipeTo(new WritableStream({ write: (text) => keepAnswer(text) }))
      .catch(() => undefined)
    return response
  }
}

async function openPage(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<OpenPage> {
  const page = await (await browser.newContext(options)).newPage()
  page.setDefaultTimeout(10_000)
  const said: string[] = []
  const crossed: string[] = []
  page.on('console', (message) => said.push(message.text()))
  page.on('pageerror', (error) => said.push(String(error)))
  page.on('request', (request) => crossed.push(request.url(), request.postData() ?? ''))
  page.on('response', (response) => crossed.push(JSON.stringify(response.headers())))
  // The browser's own tools give no body of a stream: the page reads every answer a second time, as it arrives.
  await page.exposeFunction('keepAnswer', (text: string) => void crossed.push(text))
  await page.addInitScript(copyAnswers)
  await page.goto(url)
  const input = page.getByRole('textbox', { name: 'Message' })
  const stop = page.getByRole('button', { name: 'Stop' })
  return {
    page,
    input,
    stop,
    log: page.getByRole('log'),
    error: page.locator('[data-part=chat-thread-error]'),
    said,
    crossed,
    async send(text) {
      await input.fill(text)
      await input.press('Enter')
    },
    async ready() {
      await stop.waitFor({ state: 'hidden' })
    },
  }
}
