import { randomBytes } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { chromium, type Browser } from 'playwright'
import { launchOptions } from '../browser.ts'
import { askButton, askComposer, chatInBrowser, type Ask } from './chat-in-browser.ts'
import { refuseSecrets } from './check-app.ts'
import type { Steps } from './check-steps.ts'
import { freePort } from './free-port.ts'
import { secrets } from './make-app.ts'
import { serveApp } from './serve-app.ts'
import { startProcess, type Running } from './start-process.ts'

/** Runs the application against a stand-in Fluo of the packed `@fluokit/testing`, and talks to it in Chromium. */
export async function streamApp(app: string, { step }: Steps): Promise<void> {
  const running: Running[] = []
  const start = (args: readonly string[], env: Readonly<Record<string, string>>): Running => {
    const started = startProcess(app, args, env)
    running.push(started)
    return started
  }
  let browser: Browser | null = null
  try {
    const launched = await chromium.launch(launchOptions())
    browser = launched
    const fluo = start(['stand-in.ts'], secrets)
    const fluoUrl = (JSON.parse(await fluo.line(/"url"/)) as { url: string }).url

    await step('use 1 streams from the development server, through the plugin', async () => {
      const port = await freePort()
      const vite = ['node_modules/vite/bin/vite.js', '--host', '127.0.0.1', '--strictPort']
      const server = start([...vite, '--port', String(port)], { FLUO_BASE_URL: fluoUrl })
      await server.line(new RegExp(`127\\.0\\.0\\.1:.*${port}`))
      return talk(launched, `http://127.0.0.1:${port}/`, askComposer, fluo)
    })

    let relayPort = 0
    const isServing = await step('the production relay starts as it is shown', async () => {
      relayPort = await startRelay(start, fluoUrl)
    })
    if (!isServing) return
    await step('use 1 streams as built, through the production relay', () =>
      serveAndTalk(launched, join(app, 'dist'), relayPort, 'index.html', askComposer, fluo),
    )
    await step('use 2 streams as built, through the production relay', () =>
      serveAndTalk(launched, join(app, 'dist-own'), relayPort, 'own.html', askButton, fluo),
    )
  } finally {
    await browser?.close()
    for (const { stop } of running) stop()
  }
}

/** Starts the README's server as it is shown. Resolves to the port it was given. */
async function startRelay(
  start: (args: readonly string[], env: Readonly<Record<string, string>>) => Running,
  fluoUrl: string,
): Promise<number> {
  const sealKey = randomBytes(32).toString('base64')
  const env = { ...secrets, FLUO_SEAL_KEY: sealKey, STAND_IN_URL: fluoUrl }
  const relay = start(['--import', './fluo-here.mjs', 'server.ts'], env)
  return (JSON.parse(await relay.line(/"port"/)) as AddressInfo).port
}

async function serveAndTalk(
  browser: Browser,
  dist: string,
  relayPort: number,
  page: string,
  ask: Ask,
  fluo: Running,
): Promise<string> {
  const server = await serveApp(dist, relayPort)
  try {
    const facts = await talk(browser, `${server.url}/${page}`, ask, fluo)
    refuseSecrets('What the relay answered', server.answered())
    return facts
  } finally {
    server.close()
  }
}

/** Two answers, and what Fluo saw of them: the key with both, and the second in the thread of the first. */
async function talk(browser: Browser, url: string, ask: Ask, fluo: Running): Promise<string> {
  const before = fluo.lines.length
  const grown = await chatInBrowser(browser, url, ask)
  const calls = fluo.lines
    .slice(before)
    .map((line) => JSON.parse(line) as { threadId: string | null; hasKey: boolean })
  const [first, second] = calls
  if (calls.length !== 2 || first?.threadId !== null || typeof second?.threadId !== 'string') {
    throw new Error(`Fluo saw other calls than two in one thread: ${JSON.stringify(calls)}`)
  }
  if (!calls.every(({ hasKey }) => hasKey)) throw new Error('Fluo saw a call without the key')
  return `two answers in one thread, in ${grown} pieces`
}
