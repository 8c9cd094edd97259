import { bodyOf } from '../../packages/core/src/wire/__fixtures__/check-vectors.ts'
import { FluoFault, readSse } from '../../packages/core/src/index.ts'

/** How long a frame of so many bytes takes that comes a byte at a time, in milliseconds: the better of two. */
export async function timeDrip(bytes: number): Promise<number> {
  const frame = new TextEncoder().encode(`data: ${'x'.repeat(bytes - 8)}\n\n`)
  let best = Number.POSITIVE_INFINITY
  for (let round = 0; round < 2; round += 1) {
    let at = 0
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (at === frame.length) return controller.close()
        controller.enqueue(frame.subarray(at, (at += 1)))
      },
    })
    const start = performance.now()
    let length = 0
    for await (const { data } of readSse(body)) length += data.length
    if (length !== bytes - 8) throw new Error(`read ${length} of ${bytes} bytes`)
    best = Math.min(best, performance.now() - start)
  }
  return best
}

/** What refusing a frame of ten times the limit costs. */
export interface RefusalFigures {
  readonly isRefused: boolean
  /** The most that the heap grew while it was read, in bytes. */
  readonly heapGrowth: number
}

/** Offers a frame of 10 MiB in pieces of 64 KiB. Wants `node --expose-gc`. */
export async function refuseLargeFrame(): Promise<RefusalFigures> {
  const piece = new TextEncoder().encode('x'.repeat(64 * 1024))
  let sent = 0
  let most = 0
  const collect = (globalThis as { gc?: () => void }).gc
  if (collect === undefined) throw new Error('run with --expose-gc')
  await readAll(bodyOf([new TextEncoder().encode('data: '), piece])) // what is made once is not growth
  collect()
  const before = process.memoryUsage().heapUsed
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (sent % 4 === 0) {
        collect()
        most = Math.max(most, process.memoryUsage().heapUsed - before)
      }
      sent += 1
      if (sent > 160) controller.close()
      else controller.enqueue(sent === 1 ? new TextEncoder().encode('data: ') : piece.slice())
    },
  })
  return { isRefused: await readAll(body), heapGrowth: most }
}

/** Whether a body was refused as too large. */
async function readAll(body: ReadableStream<Uint8Array>): Promise<boolean> {
  try {
    for await (const { data } of readSse(body)) void data
    return false
  } catch (thrown) {
    return thrown instanceof FluoFault && thrown.error.code === 'too-large'
  }
}
