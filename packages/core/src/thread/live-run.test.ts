import { describe, expect, it, onTestFinished, vi } from 'vitest'
import {
  delta,
  final,
  handFrames,
  handTransport,
  runStart,
  settled,
} from '../__fixtures__/hand-transport.ts'
import { createFluoClient } from '../client/create-client.ts'
import { memoryStorage } from '../memory/memory-storage.ts'
import type { FluoEvent } from '../wire/fluo-event.ts'
import { textOf } from './text-chunks.ts'
import { emptyRun, type Run, type ThreadState, type Turn } from './thread-state.ts'

async function streaming(initialTurns: readonly Turn[] = []) {
  const transport = handTransport()
  const frames = handFrames()
  const client = createFluoClient({
    transport,
    userScope: null,
    storage: memoryStorage(),
    schedule: frames.schedule,
  })
  const thread = client.thread({ agentId: 'agent', initialTurns })
  void thread.send('Hi')
  await transport.run.push(runStart('ref'))
  while (frames.waiting > 0) frames.paint() // that the run has begun
  const commits: ThreadState[] = []
  thread.store.subscribe((state) => commits.push(state))
  commits.length = 0
  const text = (): string => {
    const run = thread.store.getState().turns.at(-1)?.runs.at(-1)
    return run === undefined ? '' : textOf(run)
  }
  return { transport, frames, thread, commits, text, run: transport.run }
}

describe('startRun, its commits', () => {
  it('are at most one a frame for deltas and thinking (F51)', async () => {
    const { run, frames, commits, text } = await streaming()

    for (let count = 0; count < 50; count += 1) {
      await run.push(delta('a'))
      await run.push(delta('b'), { type: 'thinking_part', text: 'c' })
    }
    expect(commits).toEqual([])
    expect(frames.waiting).toBe(1)
    frames.paint()

    expect(commits).toHaveLength(1)
    expect(text()).toBe('ab'.repeat(50))
  })

  it('cost no timer for what a read brings', async () => {
    onTestFinished(() => void vi.restoreAllMocks())
    const { run, frames } = await streaming()
    const set = vi.spyOn(globalThis, 'setTimeout')
    const cleared = vi.spyOn(globalThis, 'clearTimeout')

    for (let count = 0; count < 20; count += 1) {
      await run.push(delta('a'))
      frames.paint()
    }

    expect(set).not.toHaveBeenCalled()
    expect(cleared).not.toHaveBeenCalled()
  })

  it('go on frame by frame', async () => {
    const { run, frames, commits, text } = await streaming()
    const seen: string[] = []

    for (const piece of ['One', ' two', ' three']) {
      await run.push(delta(piece))
      frames.paint()
      seen.push(text())
    }

    expect(seen).toEqual(['One', 'One two', 'One two three'])
    expect(commits).toHaveLength(3)
  })

  it.each<[string, FluoEvent]>([
    ['a final', final('Hello')],
    ['a tool that starts', { type: 'tool_start', callId: 'c' }],
    ['a tool that ends', { type: 'tool_end', callId: 'c' }],
    ['an error', { type: 'error', error: { code: 'upstream' } }],
    ['an unknown event', { type: 'unknown', event: 'x', raw: '' }],
  ])('do not wait for a frame with %s, and there is one for all that waited', async (_, event) => {
    const { run, commits, text } = await streaming()

    await run.push(delta('Hel'))
    await run.push(delta('lo'), event)

    expect(commits).toHaveLength(1)
    expect(text()).toBe('Hello')
  })

  it('are at most one a frame for events that need not wait for one, too (F51)', async () => {
    const { run, frames, commits } = await streaming()
    const perFrame: number[] = []

    for (let frame = 0; frame < 3; frame += 1) {
      commits.length = 0
      for (let count = 0; count < 20; count += 1) {
        const callId = `${frame}-${count}`
        await run.push(delta('a'), { type: 'thinking_part', text: 'b' })
        await run.push({ type: 'tool_start', callId, name: 'sum' })
        await run.push({ type: 'tool_end', callId })
        await run.push(final(), { type: 'unknown', event: 'x', raw: '' })
      }
      perFrame.push(commits.length)
      frames.paint()
    }

    // What came first was shown at once, all else with the frame after it.
    expect(perFrame).toEqual([1, 0, 0])
    expect(commits).toHaveLength(1)
    frames.paint()
    expect(commits).toHaveLength(1)
    expect(frames.waiting).toBe(0)
  })

  it('do not wait for a frame at the end', async () => {
    const { run, frames, text, thread } = await streaming()
    await run.push(delta('Hello'))

    await run.end()

    expect(text()).toBe('Hello')
    expect(frames.waiting).toBe(0)
    expect(thread.store.getState().status).toBe('error')
  })

  it('do not come for events that change nothing', async () => {
    const { run, frames, commits } = await streaming()

    await run.push(runStart('ref'), { type: 'message_delta' })
    await run.push({ type: 'message_delta', text: '' })
    frames.paint()

    expect(commits).toEqual([])
  })

  it('take in a burst of 20,000 deltas whole (F09)', async () => {
    const { run, frames, text } = await streaming()

    await run.push(...Array.from({ length: 20_000 }, (_, index) => delta(`${index}\n`)))
    await settled()
    frames.paint()

    expect(text().split('\n')).toHaveLength(20_001)
  })

  it('replace the last turn only, and in it only what changed', async () => {
    const { run, frames, thread } = await streaming()
    await run.push(delta('One.'), final('One.'), delta('Two'))
    frames.paint()
    const [before] = thread.store.getState().turns

    await run.push(delta('.'))
    frames.paint()

    const [after] = thread.store.getState().turns
    expect(after?.input).toBe(before?.input)
    expect(after?.runs[0]?.messages[0]).toBe(before?.runs[0]?.messages[0])
    expect(after?.runs[0]?.messages[1]).not.toBe(before?.runs[0]?.messages[1])
  })
})

/** So many settled turns, which count how often anything of them is looked at. */
function countedTurns(count: number): {
  readonly turns: readonly Turn[]
  readonly looks: () => number
} {
  let looks = 0
  function counted<T extends object>(value: T): T {
    return new Proxy(value, {
      get(target, key) {
        looks += 1
        const inner: unknown = Reflect.get(target, key)
        return typeof inner === 'object' && inner !== null ? counted(inner) : inner
      },
      ownKeys(target) {
        looks += 1
        return Reflect.ownKeys(target)
      },
    })
  }
  const turns = Array.from({ length: count }, (_, index): Turn => {
    const parts = [{ type: 'text' as const, id: `p${index}`, chunks: ['earlier'] }]
    const messages = [{ id: `m${index}`, parts, isFinal: true }]
    const runs: Run[] = [{ id: `r${index}`, messages, end: 'done', error: null }]
    return counted({ id: `t${index}`, input: { query: 'q' }, sentAt: index, runs })
  })
  return { turns, looks: () => looks }
}

describe('startRun, what a frame costs', () => {
  it('is the same however much was said before: no earlier turn is looked at', async () => {
    const looksAt = async (count: number): Promise<number> => {
      const { turns, looks } = countedTurns(count)
      const { run, frames, thread } = await streaming(turns)
      expect(thread.store.getState().turns).toHaveLength(count + 1)
      await run.push(delta('One'))
      frames.paint()
      const before = looks()
      for (let frame = 0; frame < 10; frame += 1) {
        await run.push(delta('more '), { type: 'thinking_part', text: 'hm' }, delta('\n'))
        await run.push({ type: 'tool_start', name: 'sum' }, { type: 'tool_end', name: 'sum' })
        frames.paint()
      }
      await run.push(final())
      expect(textOf(thread.store.getState().turns.at(-1)?.runs[0] ?? emptyRun(''))).toBe(
        `One${'more \n'.repeat(10)}`,
      )
      return looks() - before
    }

    expect([await looksAt(10), await looksAt(100), await looksAt(1000)]).toEqual([0, 0, 0])
  })
})
