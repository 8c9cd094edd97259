import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { setTimeout } from 'node:timers/promises'
import type { Protocol } from './protocol.ts'
import { now, type ServedRun } from './served-run.ts'

/** Opens an event stream. */
export function openStream(
  response: ServerResponse,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache',
    ...headers,
  })
  response.flushHeaders()
}

/** Streams a whole answer in a protocol, at the rate of its scenario, until the browser leaves. */
export async function streamAnswer(
  response: ServerResponse,
  run: ServedRun,
  protocol: Protocol,
): Promise<void> {
  openStream(response, protocol.headers)
  response.write(protocol.before(run))
  await writeDeltas(response, run, (text) => protocol.delta(text))
  if (!response.destroyed) response.end(protocol.after(run))
}

/** Writes the deltas when they are due, or as fast as they are taken, and notes when. */
export async function writeDeltas(
  response: ServerResponse,
  run: ServedRun,
  frame: (text: string) => string,
): Promise<void> {
  const { deltas, sentAt } = run
  const { perSecond } = run.scenario
  const start = now()
  for (let index = 0; index < deltas.length && !response.destroyed;) {
    const due = perSecond === null ? index + 1 : dueBy(now() - start, perSecond, deltas.length)
    response.cork()
    let isTaken = true
    for (; index < due; index += 1) {
      isTaken = response.write(frame(deltas[index] ?? ''))
      sentAt[index] = now()
    }
    response.uncork()
    if (perSecond !== null) await setTimeout(1)
    else if (!isTaken) await drained(response)
  }
}

function dueBy(elapsed: number, perSecond: number, count: number): number {
  return Math.min(count, Math.floor((elapsed * perSecond) / 1_000) + 1)
}

async function drained(response: ServerResponse): Promise<void> {
  const left = new AbortController()
  const leave = (): void => left.abort()
  response.once('close', leave)
  try {
    await once(response, 'drain', { signal: left.signal })
  } catch {
    // The browser left: the loop ends by itself.
  } finally {
    response.off('close', leave)
  }
}
