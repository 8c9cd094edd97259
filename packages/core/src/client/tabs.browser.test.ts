import { afterEach, describe, expect, it, vi } from 'vitest'
import {
  delta,
  final,
  handFrames,
  handTransport,
  runStart,
  settled,
} from '../__fixtures__/hand-transport.ts'
import { indexedDbTranscripts } from '../memory/indexed-db.ts'
import { webStorage } from '../memory/web-storage.ts'
import { textOf } from '../thread/text-chunks.ts'
import { createFluoClient } from './create-client.ts'
import type { FluoClient } from './fluo-client.ts'

let clients: FluoClient[] = []

afterEach(async () => {
  for (const client of clients) await client.wipe()
  clients = []
})

/** A client as a tab has it, with the locks, the channel, the storage and the database of the browser. */
function open(userScope: string) {
  const transport = handTransport()
  const client = createFluoClient({
    transport,
    userScope,
    storage: webStorage('localStorage'),
    transcripts: indexedDbTranscripts(),
    schedule: handFrames().schedule,
  })
  clients.push(client)
  const thread = client.thread({ agentId: 'agent' })
  thread.store.subscribe(() => undefined)
  const said = () =>
    thread.store
      .getState()
      .turns.map(({ input, runs }) => [input.query, ...runs.map((run) => textOf(run))])
  return { client, transport, thread, said }
}

async function ask({ thread, transport }: ReturnType<typeof open>, question: string) {
  const before = transport.runs.length
  const sending = thread.send(question)
  await vi.waitFor(() => expect(transport.runs).toHaveLength(before + 1))
  await transport.run.push(runStart('ref'), delta('Hello'))
  return sending
}

async function finish({ transport }: ReturnType<typeof open>): Promise<void> {
  await transport.run.push(final('Hello'))
  await transport.run.end()
}

describe('tabs with what the browser has', () => {
  it('refuse a second send, and take turns (F63)', async () => {
    const [one, two] = [open('ann'), open('ann')]
    void ask(one, 'One')
    await vi.waitFor(() => expect(two.thread.store.getState().writer).toBe('another-tab'))

    expect(await two.thread.send('Two')).toEqual({ sent: false, reason: 'another-tab' })

    await finish(one)
    await vi.waitFor(() => expect(two.thread.store.getState().writer).toBe('here'))
    void ask(two, 'Two')
    await vi.waitFor(() => expect(two.transport.run.request.threadRef).toBe('ref'))
    await finish(two)
    await vi.waitFor(() => {
      expect(one.said()).toEqual([
        ['One', 'Hello'],
        ['Two', 'Hello'],
      ])
    })
    expect(two.said()).toEqual(one.said())
  })

  it('forget a user in each tab, and in the database, when one signs out (F65) (T31)', async () => {
    const [one, two, bob] = [open('ann'), open('ann'), open('bob')]
    void ask(bob, 'Of Bob')
    void ask(two, 'Of Ann')
    await vi.waitFor(() => expect(two.transport.runs).toHaveLength(1))
    await settled()

    await one.client.wipe()
    await vi.waitFor(() => expect(two.said()).toEqual([]))

    expect(two.transport.run.signal.aborted).toBe(true)
    expect(await webStorage('localStorage').keys('fluo:v1:user.ann:')).toEqual([])
    const again = open('ann')
    await vi.waitFor(() => expect(again.thread.store.getState().isRestoring).toBe(false))
    expect(again.said()).toEqual([])
    await vi.waitFor(() => expect(bob.transport.runs).toHaveLength(1))
    await finish(bob)
    expect(bob.said()).toEqual([['Of Bob', 'Hello']])
  })
})
