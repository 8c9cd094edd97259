import { afterEach, describe, expect, it, vi } from 'vitest'
import {
  delta,
  final,
  handFrames,
  handTransport,
  runStart,
  settled,
} from '../__fixtures__/hand-transport.ts'
import { textOf } from '../thread/text-chunks.ts'
import { memoryStorage } from '../memory/memory-storage.ts'
import type { Run, ThreadState } from '../thread/thread-state.ts'
import { createFluoClient } from './create-client.ts'
import type { ClientWatcher } from './client-watcher.ts'

function lastRun({ turns }: ThreadState): Run {
  const run = turns.at(-1)?.runs.at(-1)
  if (run === undefined) throw new Error('No run was asked for.')
  return run
}

function setup() {
  const transport = handTransport()
  const frames = handFrames()
  const storage = memoryStorage()
  const client = createFluoClient({
    transport,
    userScope: null,
    storage,
    schedule: frames.schedule,
  })
  return { client, transport, frames, storage }
}

describe('FluoClient.watch', () => {
  afterEach(() => vi.unstubAllGlobals())

  it('tells each event with its run, and each state a thread comes to, threads of later as well', async () => {
    const { client, transport } = setup()
    const seen: string[] = []
    let shown = 'ready'
    client.watch({
      onRun: ({ runId }) => void seen.push(`run ${runId}`),
      onEvent: ({ type }, { agentId }) => void seen.push(`${type} of ${agentId}`),
      onState({ turns, status }) {
        if (status !== shown) seen.push((shown = status))
        const run = turns.at(-1)?.runs.at(-1)
        if (run?.end) seen.push(`${run.end} ${run.id}`)
      },
    })
    const thread = client.thread({ agentId: 'agent' })
    const sending = thread.send('Hi')
    await settled()
    await transport.run.push(runStart('ref-1'), delta('Hello'), final('Hello'))
    await transport.run.end()
    await sending

    const { runId } = transport.run.request
    expect([...new Set(seen)]).toEqual([
      'submitted',
      'streaming',
      `run ${runId}`,
      'run_start of agent',
      'message_delta of agent',
      'message_final of agent',
      'ready',
      `done ${runId}`,
    ])
  })

  it('tells nothing once it was ended', async () => {
    const { client } = setup()
    const onState = vi.fn<NonNullable<ClientWatcher['onState']>>()
    const end = client.watch({ onState })
    const thread = client.thread({ agentId: 'agent' })
    void thread.send('Hi')
    const before = onState.mock.calls.length
    expect(before).toBeGreaterThan(0)

    end()
    await thread.stop()

    expect(thread.store.getState().turns[0]?.runs[0]?.end).toBe('stopped')
    expect(onState.mock.calls.length).toBe(before)
  })

  it('tells what is forgotten while the thread still has it, and of a wipe', async () => {
    const { client, transport } = setup()
    const forgotten: unknown[] = []
    client.watch({
      onForget: (thread) =>
        void forgotten.push(thread === null ? 'all' : textOf(lastRun(thread.store.getState()))),
    })
    const name = { agentId: 'agent', threadKey: 'one' }
    const thread = client.thread(name)
    void thread.send('Hi')
    await settled()
    await transport.run.push(final('Hello'))
    await transport.run.end()

    await client.removeThread(name)
    expect(forgotten).toEqual(['Hello'])
    expect(thread.store.getState().turns).toEqual([])
    await client.wipe()
    expect(forgotten).toEqual(['Hello', 'all'])
  })

  it('restores nothing by itself', async () => {
    const { client, storage } = setup()
    const read = vi.spyOn(storage, 'read')

    client.watch({ onState: () => undefined, onEvent: () => undefined })
    client.thread({ agentId: 'agent' })
    await settled()

    expect(read).not.toHaveBeenCalled()
  })

  it('lets nothing that a watcher throws reach a run, another watcher or the application', async () => {
    const deferred: (() => void)[] = []
    vi.stubGlobal('queueMicrotask', (task: () => void) => void deferred.push(task))
    const { client, transport } = setup()
    const broken = () => {
      throw new Error('from a watcher')
    }
    const next = vi.fn<() => void>()
    client.watch({ onRun: broken, onEvent: broken, onState: broken })
    client.watch({ onRun: next, onEvent: next, onState: next })
    const sending = client.thread({ agentId: 'agent' }).send('Hi')
    await settled()
    await transport.run.push(final('Hello'))
    await transport.run.end()

    expect(await sending).toMatchObject({ sent: true, end: 'done' })
    expect(next.mock.calls.length).toBe(deferred.length)
    expect(deferred.length).toBeGreaterThan(3)
    for (const task of deferred) expect(task).toThrow('from a watcher')
  })
})
