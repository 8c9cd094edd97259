import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { delta, fault } from '../__fixtures__/hand-transport.ts'
import type { EventBatches } from '../transport/transport.ts'
import type { FluoEvent } from '../wire/fluo-event.ts'
import { pumpRun, type PumpSink } from './pump-run.ts'

const at = (event: FluoEvent) => ({ cursor: null, event })

async function* batchesOf(...batches: readonly (readonly FluoEvent[])[]): EventBatches {
  for (const batch of batches) {
    await Promise.resolve()
    yield batch.map(at)
  }
}

function handSink(take: PumpSink['take'] = () => true) {
  return { take: vi.fn<PumpSink['take']>(take), batchEnd: vi.fn<() => void>() }
}

describe('pumpRun', () => {
  it('gives every event in order, tells the end of each batch, and ends clean', async () => {
    const sink = handSink()

    const over = await pumpRun(() => batchesOf([delta('a'), delta('b')], [], [delta('c')]), sink)

    expect(over).toEqual({ end: null, error: null })
    expect(sink.take.mock.calls.map(([event]) => event)).toEqual([
      delta('a'),
      delta('b'),
      delta('c'),
    ])
    expect(sink.batchEnd).toHaveBeenCalledTimes(3)
  })

  it('ends with the facts of what was thrown, at once or later', async () => {
    const atOnce = await pumpRun(() => {
      throw fault({ code: 'invalid' })
    }, handSink())
    const later = await pumpRun(async function* () {
      yield [at(delta('a'))]
      await Promise.resolve()
      throw fault({ code: 'too-large' })
    }, handSink())
    const foreign = await pumpRun(() => {
      throw new TypeError('a bug')
    }, handSink())

    expect([atOnce, later, foreign]).toEqual(
      ['invalid', 'too-large', 'network'].map((code) => ({ end: null, error: { code } })),
    )
  })

  it('ends with what the server says of the end', async () => {
    const over = await pumpRun(async function* () {
      yield* batchesOf([delta('a')])
      return 'stopped' as const
    }, handSink())

    expect(over).toEqual({ end: 'stopped', error: null })
  })

  it('closes the stream when an event ends the reading, and takes nothing after it', async () => {
    const sink = handSink((event) => event.type !== 'error')
    let isClosed = false
    const open = async function* (): EventBatches {
      try {
        yield [delta('a'), { type: 'error', error: { code: 'upstream' } } as const, delta('b')].map(
          at,
        )
        yield [at(delta('c'))]
      } finally {
        isClosed = true
      }
    }

    const over = await pumpRun(open, sink)

    expect(over).toEqual({ end: null, error: null })
    expect(sink.take).toHaveBeenCalledTimes(2)
    expect(sink.batchEnd).not.toHaveBeenCalled()
    expect(isClosed).toBe(true)
  })

  it('gives the event loop a turn in the middle of a stream that never waits', async () => {
    let turns = 0
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      turns += 1
      port2.postMessage(null)
    }
    port2.postMessage(null)
    const sink = handSink(() => {
      const start = performance.now()
      while (performance.now() - start < 5);
      return true
    })

    await pumpRun(() => batchesOf(...Array.from({ length: 8 }, () => [delta('a')])), sink)
    port1.close()

    expect(turns).toBeGreaterThanOrEqual(2)
  })

  it('gives the event loop a turn after some hundreds of events, however little was done with each', async () => {
    onTestFinished(() => void vi.restoreAllMocks())
    vi.spyOn(performance, 'now').mockReturnValue(0)
    const channels = vi.spyOn(globalThis, 'MessageChannel')
    const batch = Array.from({ length: 100 }, () => delta('a'))

    await pumpRun(() => batchesOf(...Array.from({ length: 30 }, () => batch)), handSink())

    expect(channels).toHaveBeenCalledTimes(10)
  })
})
