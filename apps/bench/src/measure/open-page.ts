import { setTimeout } from 'node:timers/promises'
import type { Browser, CDPSession, Page } from 'playwright'
import type { Peer } from '../peers.ts'
import { enableMetrics, readMetrics, type Metrics } from './metrics.ts'
import { installProbe } from './probe.ts'

/** A fresh page of a peer, in a browser context and a renderer of its own, with its counters. */
export interface BenchPage {
  readonly page: Page
  readonly session: CDPSession
  /** What to add to the page's `performance.timeOrigin + performance.now()` to have the server's time, in milliseconds. */
  readonly clockOffset: number
  /** The counters at the moment of a signal of the page. Rejects after a while with a sentence. */
  signal(name: '10' | '90' | 'done', limitMs: number): Promise<Metrics>
  /** What went wrong in the page so far. */
  readonly errors: readonly string[]
  close(): Promise<void>
}

export async function openPage(
  browser: Browser,
  url: string,
  {
    peer,
    token,
    earlier,
  }: { readonly peer: Peer; readonly token: string; readonly earlier: number },
): Promise<BenchPage> {
  const context = await browser.newContext({ viewport: { width: 1_000, height: 700 } })
  const page = await context.newPage()
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text())
  })
  const session = await context.newCDPSession(page)
  await session.send('Runtime.enable')
  await session.send('Runtime.addBinding', { name: 'benchSignal' })
  const seen = new Map<string, PromiseWithResolvers<Metrics>>()
  const signalled = (name: string): PromiseWithResolvers<Metrics> => {
    const known = seen.get(name) ?? Promise.withResolvers<Metrics>()
    seen.set(name, known)
    known.promise.catch(() => undefined) // a page may be closed before anybody asks
    return known
  }
  session.on('Runtime.bindingCalled', ({ name, payload }) => {
    if (name !== 'benchSignal') return
    const { resolve, reject } = signalled(payload)
    readMetrics(session).then(resolve, reject)
  })
  await page.addInitScript(installProbe)
  await page.addInitScript(
    ([variant, name]) => Object.assign(window.bench, { variant, token: name }),
    [peer.variant, token],
  )
  await page.goto(`${url}/pages/${peer.page}/?earlier=${earlier}`, { timeout: 15_000 })
  await enableMetrics(session)
  return {
    page,
    session,
    clockOffset: await page.evaluate(readClockOffset),
    errors,
    async signal(name, limitMs) {
      const late = new AbortController()
      try {
        return await Promise.race([
          signalled(name).promise,
          setTimeout(limitMs, null, { signal: late.signal }).then(() => {
            throw new Error(`not whole after ${limitMs / 1_000} s`)
          }),
        ])
      } finally {
        late.abort()
      }
    },
    close: () => context.close(),
  }
}

/** Runs in the page: the server's clock less the page's own, from the quickest of a few calls. */
async function readClockOffset(): Promise<number> {
  let best = { took: Infinity, offset: 0 }
  for (let call = 0; call < 8; call += 1) {
    const before = performance.now()
    const server = Number(await (await fetch('/clock')).text())
    const after = performance.now()
    const offset = server - performance.timeOrigin - (before + after) / 2
    if (after - before < best.took) best = { took: after - before, offset }
  }
  return best.offset
}
