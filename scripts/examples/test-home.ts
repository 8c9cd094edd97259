import { join } from 'node:path'
import { chromium } from 'playwright'
import { launchOptions } from '../browser.ts'
import { askComposer, chatInBrowser } from '../consumer/chat-in-browser.ts'
import type { Steps } from '../consumer/check-steps.ts'
import { cleanEnvironment } from '../consumer/clean-environment.ts'
import { freePort } from '../consumer/free-port.ts'
import { startProcess, type Running } from '../consumer/start-process.ts'
import { workspace } from '../pack/packages.ts'
import { mustRun } from '../pack/run.ts'
import { h2Fetch } from '../soak/h2-fetch.ts'
import {
  endServer,
  killServer,
  leaveEarly,
  readFromCursor,
  readRefusal,
  streamThrough,
} from './ask.ts'
import { environmentOf, startHeldFluo } from './held-fluo.ts'
import { argsOf, startScript, type Home } from './homes.ts'
import { startNginx } from './start-nginx.ts'
import { testDevEdit } from './test-dev-edit.ts'

export interface HomeOptions {
  readonly steps: Steps
  /** Where nginx is; null leaves out what is tried behind it. */
  readonly nginx: string | null
}

/** Builds an installed example, starts it as its README does and as it would be deployed, and talks to it. */
export async function testHome(
  home: Home,
  folder: string,
  { steps, nginx }: HomeOptions,
): Promise<void> {
  const { step } = steps
  const running: Running[] = []
  const fluo = await startHeldFluo()
  const isBuilt = await step(`${home}: types, and a build without keys`, () => build(home, folder))
  if (!isBuilt) return
  try {
    await step(`${home}: a chat in the browser, as the README starts it`, async () => {
      const { url, server } = await serve(folder, startScript(home), {})
      running.push(server)
      const browser = await chromium.launch(launchOptions())
      try {
        return `in ${await chatInBrowser(browser, url, askComposer)} pieces`
      } finally {
        await browser.close()
        server.stop()
      }
    })

    const start = async (script: string, graceMs: number) => {
      const env = { ...environmentOf(fluo), GRACE_MS: String(graceMs) }
      const served = await serve(folder, script, env)
      running.push(served.server)
      return served
    }
    const { url, port, server } = await start('start', 0)
    await step(`${home}: streams word by word`, () => streamThrough(url, fluo))
    await step(`${home}: Fluo is left when the reader leaves`, () => leaveEarly(url, fluo))
    await step(`${home}: a second stream reads on`, () => readFromCursor(url, fluo))
    await step(`${home}: a refusal is read in full`, () => readRefusal(url))
    if (nginx !== null) {
      const proxy = await startNginx(nginx, port)
      running.push(proxy.process)
      await step(`${home}: streams behind nginx`, () => streamThrough(proxy.plain, fluo))
      await step(`${home}: streams behind nginx that compresses`, () =>
        streamThrough(proxy.compressing, fluo),
      )
      await step(`${home}: streams behind nginx that keeps its connections`, () =>
        streamThrough(proxy.kept, fluo),
      )
      await step(`${home}: streams behind nginx over HTTP/2`, () =>
        streamThrough(proxy.http2, fluo, h2Fetch),
      )
      await step(`${home}: Fluo is left behind nginx, too`, () => leaveEarly(proxy.plain, fluo))
      await step(`${home}: a cut behind nginx is told from an end`, async () => {
        const served = await start('start', 0)
        const before = await startNginx(nginx, served.port)
        running.push(before.process)
        return killServer(before.plain, fluo, served.server)
      })
    }
    await step(`${home}: SIGTERM lets an open answer end`, () => endServer(url, fluo, server))
    if (home !== 'next') return
    await step(`${home}: an edit in development keeps the run`, async () => {
      const dev = await start('dev', 60_000)
      return testDevEdit(folder, dev.url, fluo, dev.server)
    })
  } finally {
    for (const { stop } of running) stop()
    await fluo.standIn.close()
  }
}

async function build(home: Home, folder: string): Promise<void> {
  const env = cleanEnvironment({ NEXT_TELEMETRY_DISABLED: '1' })
  const options = { cwd: folder, env, limitMs: 120_000 }
  if (home === 'next') {
    await mustRun(process.execPath, argsOf(folder, 'build'), options) // Next checks types as it builds
    return
  }
  const tsc = join(workspace, 'node_modules/typescript/bin/tsc')
  await mustRun(process.execPath, [tsc, '-p', '.'], options)
  await mustRun(process.execPath, ['node_modules/vite/bin/vite.js', 'build'], options)
}

async function serve(
  folder: string,
  script: string,
  env: Readonly<Record<string, string>>,
): Promise<{ readonly url: string; readonly port: number; readonly server: Running }> {
  const port = await freePort()
  const args = argsOf(folder, script)
  const server = startProcess(folder, args, { ...env, PORT: String(port) })
  await server.line(new RegExp(`:${port}`))
  return { url: `http://127.0.0.1:${port}`, port, server }
}
