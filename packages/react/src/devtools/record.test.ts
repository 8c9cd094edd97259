import {
  createFluoClient,
  memoryStorage,
  type EventBatches,
  type FluoEvent,
  type Transport,
} from '@fluokit/core'
import { scriptedTransport } from '@fluokit/testing'
import { describe, expect, it, vi } from 'vitest'
import { record } from './index.ts'
import { mostRows } from './run-rows.ts'

const delta = (text: string): FluoEvent => ({ type: 'message_delta', text })

/** A transport that brings each of these reads, a commit each, and then ends or stays open. */
function reading(reads: readonly (readonly FluoEvent[])[], staysOpen = false): Transport {
  return {
    async *start(_, signal): EventBatches {
      for (const read of reads) yield read.map((event) => ({ cursor: null, event }))
      if (staysOpen) await new Promise((resolve) => signal.addEventListener('abort', resolve))
    },
  }
}

function clientOf(transport: Transport) {
  const client = createFluoClient({
    transport,
    userScope: null,
    storage: memoryStorage(),
    schedule: (callback) => (callback(), () => undefined),
  })
  return { client, thread: client.thread({ agentId: 'agent' }) }
}

describe('record', () => {
  it('keeps a long run whole in a bounded number of lines', async () => {
    const words = Array.from({ length: 6000 }, (_, at) => `word${at}\n`)
    const { client, thread } = clientOf(
      reading([...words.map((word) => [delta(word)]), [{ type: 'message_final' }]]),
    )
    const recording = record(client)
    await thread.send('Hi')

    const [run] = recording.runs()
    expect(run?.rows.length).toBeGreaterThan(mostRows / 4)
    expect(run?.rows.length).toBeLessThanOrEqual(mostRows)
    expect(run?.isWhole).toBe(true)
    const { steps } = recording.exportRun(run!, { text: 'kept' })
    const said = steps.flatMap((step) =>
      'event' in step && 'text' in step.event ? [step.event.text] : [],
    )
    expect(said.join('')).toBe(words.join(''))
    const { thread: again } = clientOf(
      scriptedTransport({ name: 'again', steps }, { speed: Infinity }).transport,
    )
    await again.send('Hi')
    expect(again.store.getState().turns[0]?.runs[0]?.messages[0]?.parts[0]).toMatchObject({
      chunks: words,
    })
  }, 30_000)

  it('drops the oldest lines of what cannot be joined, and says so', async () => {
    const read = Array.from({ length: 500 }, (): FluoEvent => ({ type: 'run_start' }))
    const reads = Array.from({ length: Math.ceil(mostRows / 500) + 1 }, () => read)
    const { client, thread } = clientOf(reading(reads))
    const recording = record(client)
    await thread.send('Hi')

    const [run] = recording.runs()
    expect(run?.rows.length).toBeLessThanOrEqual(mostRows)
    expect(run).toMatchObject({ isWhole: false, isOver: true })
    expect(recording.exportRun(run!).note).toContain('Its beginning is missing.')
  })

  it('says of a run that it found open that its beginning is missing', async () => {
    const { client, thread } = clientOf({
      async *start(): EventBatches {
        yield [{ cursor: null, event: delta('One') }]
        await late
        yield [{ cursor: null, event: delta('two') }]
      },
    })
    let recorded = (): void => undefined
    const late = new Promise<void>((resolve) => (recorded = resolve))
    const sending = thread.send('Hi')
    await vi.waitFor(() =>
      expect(thread.store.getState().turns[0]?.runs[0]?.messages).toHaveLength(1),
    )
    const recording = record(client)
    recorded()
    await sending

    expect(recording.runs()).toMatchObject([{ isWhole: false, isOver: true, end: 'interrupted' }])
  })

  it('takes a run that was left for over', async () => {
    const { client, thread } = clientOf(reading([[delta('One')]], true))
    const recording = record(client)
    void thread.send('Hi')
    await vi.waitFor(() =>
      expect(thread.store.getState().turns[0]?.runs[0]?.messages).toHaveLength(1),
    )
    thread.reset()

    expect(recording.runs()).toMatchObject([{ isWhole: true, isOver: true, end: null }])
  })

  it('keeps nothing of a thread that is removed, where it was moved to as well, and nothing after a wipe', async () => {
    const { client, thread } = clientOf(reading([[delta('One'), { type: 'message_final' }]]))
    const recording = record(client)
    const agents = () => recording.runs().map(({ agentId, number }) => `${agentId} ${number}`)
    client.threads.subscribe(() => undefined)
    await thread.send('First')
    thread.reset()
    const [moved] = client.threads.getState()
    await thread.send('Second')
    await client.thread({ agentId: 'other' }).send('Third')
    expect(agents()).toEqual(['other 3', 'agent 2', 'agent 1'])

    await client.removeThread(moved!)
    expect(agents()).toEqual(['other 3', 'agent 2'])
    await client.removeThread({ agentId: 'agent', threadKey: 'current' })
    expect(agents()).toEqual(['other 3'])
    await client.wipe()
    expect(agents()).toEqual([])
  })

  it('keeps nothing of a run that was open when its thread was removed', async () => {
    const { client, thread } = clientOf(reading([[delta('One')]], true))
    const recording = record(client)
    void thread.send('Hi')
    await vi.waitFor(() =>
      expect(thread.store.getState().turns[0]?.runs[0]?.messages).toHaveLength(1),
    )
    await client.removeThread({ agentId: 'agent', threadKey: 'current' })

    expect(recording.runs()).toEqual([])
  })

  it('forgets all with the last who wants it, and restores no thread', async () => {
    const storage = memoryStorage()
    const read = vi.spyOn(storage, 'read')
    const client = createFluoClient({ transport: reading([]), userScope: null, storage })
    const [one, two] = [record(client), record(client)]
    const thread = client.thread({ agentId: 'agent' })
    await Promise.resolve()
    expect(read).not.toHaveBeenCalled()
    await thread.send('Hi')
    one.end()
    one.end()
    expect(two.runs()).toHaveLength(1)
    two.end()

    expect(record(client).runs()).toEqual([])
  })
})
