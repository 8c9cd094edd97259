import { createFluoClient, memoryStorage, type FluoClient, type TurnInput } from '@fluokit/core'
import { createUploads } from '@fluokit/core/uploads'
import { scriptedUploads, type ScriptedUploads } from '@fluokit/testing'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { comparePolicies } from './compare-policies.ts'

interface Opened {
  readonly thread: ReturnType<FluoClient['thread']>
  readonly storage: ScriptedUploads
  readonly sent: readonly TurnInput[]
}

function open(): Opened {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response('%PDF-1.7')))
  const storage = scriptedUploads({ plan: () => 'held' })
  const sent: TurnInput[] = []
  const client = createFluoClient({
    transport: {
      async *start({ input }) {
        sent.push(input)
        yield [{ cursor: null, event: { type: 'message_final', text: 'They differ.' } }]
      },
    },
    uploads: createUploads({ transport: storage.transport }),
    storage: memoryStorage(),
    userScope: null,
  })
  const thread = client.thread({ agentId: 'demo' })
  thread.draft.subscribe(() => undefined)
  return { thread, storage, sent }
}

afterEach(() => void vi.unstubAllGlobals())

describe('comparePolicies', () => {
  it('asks about the two once both are uploaded', async () => {
    const { thread, storage, sent } = open()
    const asked = comparePolicies(thread, 'Compare them')
    await vi.waitFor(() => expect(storage.puts).toHaveLength(2))
    for (const put of storage.puts) put.end('stored')
    await asked

    expect(sent).toMatchObject([{ documents: [{}, {}] }])
  })

  it('attaches, and leaves the sending to whoever has begun to write', async () => {
    const { thread, storage, sent } = open()
    thread.setDraft({ query: 'My own question' })
    await comparePolicies(thread, 'Compare them')
    await vi.waitFor(() => expect(storage.puts).toHaveLength(2))
    for (const put of storage.puts) put.end('stored')
    await thread.uploads?.settled()

    expect(thread.draft.getState()).toMatchObject({ query: 'My own question', documents: [{}, {}] })
    expect(sent).toEqual([])
  })

  it.each([1, 2])('sends nothing when %i of them were taken out', async (count) => {
    const { thread, storage, sent } = open()
    const asked = comparePolicies(thread, 'Compare them')
    await vi.waitFor(() => expect(storage.puts).toHaveLength(2))
    for (const { id } of thread.uploads?.store.getState().slice(0, count) ?? []) {
      thread.uploads?.remove(id)
    }
    if (count === 1) storage.puts.at(-1)?.end('stored')
    await asked

    expect(sent).toEqual([])
  })
})
