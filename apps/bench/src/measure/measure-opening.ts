import { randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import type { Browser, Page } from 'playwright'
import { virtual, type Peer } from '../peers.ts'
import { storedMessages } from '../scenarios.ts'
import type { BenchServer } from '../server/start-server.ts'
import { makeHistory } from '../text/make-history.ts'
import { differenceIn } from './measure-run.ts'
import { readMetrics, readSettledHeap } from './metrics.ts'
import { openPage, type BenchPage } from './open-page.ts'
import type { TreeNode } from './probe.ts'
import { sampleOf } from './sample-of.ts'
import { failedSample, type Place, type Sample } from './sample.ts'
import { settle } from './settle.ts'
import type { Tracer } from '../trace/tracer.ts'

interface Where {
  readonly browser: Browser
  readonly server: BenchServer
  readonly run: number
  readonly busy: number
  readonly tracer: Tracer | null
  /** The tree that plain DOM code is to make, for its variant `tree`. */
  readonly tree?: readonly TreeNode[]
}

const limitMs = 30_000

/** Opens a thread with many messages in one peer's fresh page, which has them at hand. Never throws. */
export async function measureOpening(peer: Peer, where: Where): Promise<Sample> {
  const place = { scenario: 'D', peer: peer.name, run: where.run, busy: where.busy }
  const token = randomUUID()
  where.server.expect(token, null, storedMessages)
  let open: BenchPage | undefined
  try {
    open = await openPage(where.browser, where.server.url, {
      peer,
      token,
      earlier: storedMessages,
    })
    return await measure(open, place, where, peer === virtual)
  } catch (thrown) {
    const reason = thrown instanceof Error ? (thrown.message.split('\n')[0] ?? '') : String(thrown)
    return failedSample(place, [reason, ...(open?.errors ?? [])].join('; '))
  } finally {
    await open?.close()
  }
}

async function measure(
  open: BenchPage,
  place: Place,
  { tracer, tree = [] }: Where,
  isPartial: boolean,
): Promise<Sample> {
  const { page, session } = open
  await page.evaluate((given) => Object.assign(window.bench, { tree: given }), tree)
  await settle(page)
  const heapBefore = await readSettledHeap(session)
  await tracer?.start(page, session)
  const before = await readMetrics(session)
  const done = open.signal('done', limitMs)
  done.catch(() => undefined) // awaited below, unless what comes before it throws
  await page.evaluate(([rows, some]) => window.bench.beginOpening(rows, some), [
    storedMessages,
    isPartial,
  ] as const)
  const after = await done
  await tracer?.stop(page, session, `D-${place.peer}`)
  await setTimeout(300)
  const heap = { before: heapBefore, after: await readSettledHeap(session) }
  const result = await page.evaluate(() => window.bench.result())
  const texts = await page.evaluate(() => window.bench.texts())
  const history = makeHistory(storedMessages).map((message) => message.text)
  const sent = isPartial ? nearEnd(history, texts.length) : history
  const missing = isPartial ? await missingAtEnd(page) : null
  return {
    ...sampleOf(place, { before, after, heap, result }),
    failure: differenceIn(texts, sent) ?? missing ?? open.errors[0] ?? null,
    settledRenders: null,
  }
}

/** What a list of so many rows shows of a thread that stands at its end: the first turn, and the newest messages. */
function nearEnd(history: readonly string[], rows: number): readonly string[] {
  return [...history.slice(0, 2), ...history.slice(history.length - Math.max(rows - 2, 2))]
}

/** What a page lacks that shows the end of a thread: its last row in view, and rows all over the view. Null for nothing. */
function missingAtEnd(page: Page): Promise<string | null> {
  return page.evaluate(() => {
    const edge = 20 // what an application may leave free at the edges of its page
    const boxes = Array.from(document.getElementsByClassName('row'), (row) =>
      row.getBoundingClientRect(),
    )
    const end = boxes.at(-1)?.bottom ?? 0
    if (end > innerHeight || end < innerHeight - edge) return `the last row ends at ${end} px`
    const shown = boxes.reduce(
      (sum, { top, bottom }) => sum + Math.max(0, bottom - Math.max(top, 0)),
      0,
    )
    return shown < innerHeight - 2 * edge ? `rows cover ${shown} px of the view` : null
  })
}

/** The tree that a peer's page shows of a thread with many messages, for plain DOM code to make again. */
export async function readTree(
  peer: Peer,
  { browser, server }: Pick<Where, 'browser' | 'server'>,
): Promise<readonly TreeNode[]> {
  const token = randomUUID()
  server.expect(token, null, storedMessages)
  const open = await openPage(browser, server.url, { peer, token, earlier: storedMessages })
  try {
    const done = open.signal('done', limitMs)
    await open.page.evaluate((rows) => window.bench.beginOpening(rows), storedMessages)
    await done
    return await open.page.evaluate(() => {
      const describe = (node: Node): TreeNode => {
        if (!(node instanceof Element)) return node.textContent ?? ''
        return {
          tag: node.tagName.toLowerCase(),
          attributes: Array.from(node.attributes, ({ name, value }) => [name, value] as const),
          children: Array.from(node.childNodes, describe),
        }
      }
      const root = document.getElementById('root')
      return Array.from(root?.childNodes ?? [], describe)
    })
  } finally {
    await open.close()
  }
}
