import { describe, expect, it } from 'vitest'
import { memoryStorage } from '../memory/memory-storage.ts'
import type { ThreadStorage } from '../memory/thread-storage.ts'
import type { Transport } from '../transport/transport.ts'
import { scriptedUploads, type ScriptedUploads } from '../uploads/__fixtures__/scripted-uploads.ts'
import { createUploads } from '../uploads/create-uploads.ts'
import type { TurnInput } from '../wire/run-request.ts'
import { createFluoClient } from './create-client.ts'
import type { FluoClient } from './fluo-client.ts'

interface Opened extends ScriptedUploads {
  readonly client: FluoClient
  readonly sent: TurnInput[]
}

function open(storage: ThreadStorage = memoryStorage()): Opened {
  const scripted = scriptedUploads()
  const sent: TurnInput[] = []
  const transport: Transport = {
    async *start({ input }) {
      sent.push(input)
      yield [{ cursor: null, event: { type: 'message_final', text: 'They differ.' } }]
    },
  }
  const uploads = createUploads({ transport: scripted.transport })
  return {
    ...scripted,
    sent,
    client: createFluoClient({ transport, uploads, storage, userScope: 'ann' }),
  }
}

async function until(isSo: () => boolean): Promise<void> {
  for (let turns = 0; turns < 200 && !isSo(); turns += 1) {
    await new Promise((resolve) => setTimeout(resolve, 0))
  }
  expect(isSo()).toBe(true)
}

const file = (): File => new File(['text'], 'a.md')

describe('createFluoClient, with uploads', () => {
  it('keeps a file that is ready in the draft, beyond the page, and sends it', async () => {
    const storage = memoryStorage()
    const { client, puts } = open(storage)
    const thread = client.thread({ agentId: 'a' })
    thread.draft.subscribe(() => undefined)
    thread.setDraft({ query: 'Compare' })
    thread.uploads?.add([file()])
    await until(() => puts.length === 1)
    puts[0]?.end()
    await thread.uploads?.settled()
    client.dispose()

    const later = open(storage)
    const again = later.client.thread({ agentId: 'a' })
    again.draft.subscribe(() => undefined)
    const draft = {
      query: 'Compare',
      documents: [{ name: 'a.md', mediaType: 'text/markdown', size: 4, ref: 'ref-1' }],
    }
    expect(again.draft.getState()).toEqual(draft)
    await again.send(again.draft.getState() ?? '')
    expect(later.sent).toEqual([draft])
  })

  it('keeps a file that was ready before the record had been read', async () => {
    const storage = memoryStorage()
    const first = open(storage).client
    first.thread({ agentId: 'a' }).draft.subscribe(() => undefined)
    first.thread({ agentId: 'a' }).setDraft({ query: 'Compare' })
    first.dispose()

    const { client, puts } = open(storage)
    const thread = client.thread({ agentId: 'a' })
    thread.uploads?.add([file()])
    await until(() => puts.length === 1)
    puts[0]?.end()
    await thread.uploads?.settled()
    thread.draft.subscribe(() => undefined)

    expect(thread.draft.getState()).toMatchObject({
      query: 'Compare',
      documents: [{ name: 'a.md' }],
    })
    expect(thread.uploads?.store.getState()).toMatchObject([{ status: 'ready' }])
  })

  it('leaves what is on its way when the user signs out, and no draft comes back (F76)', async () => {
    const { client, puts } = open()
    const thread = client.thread({ agentId: 'a' })
    thread.uploads?.add([file()])
    await until(() => puts.length === 1)
    await client.wipe()
    puts[0]?.end()

    expect(puts[0]?.signal.aborted).toBe(true)
    expect(thread.draft.getState()).toBeNull()
  })

  it('keeps files on their way over a reset, which keeps what is being written', async () => {
    const { client, puts } = open()
    const thread = client.thread({ agentId: 'a' })
    thread.uploads?.add([file()])
    await until(() => puts.length === 1)
    thread.reset()
    puts[0]?.end()
    await thread.uploads?.settled()

    expect(thread.draft.getState()).toMatchObject({ documents: [{ name: 'a.md' }] })
  })

  it('uploads what a visitor had chosen once more for who has signed in', async () => {
    const visitor = open()
    const from = visitor.client.thread({ agentId: 'a' })
    from.setDraft({ query: 'Compare' })
    from.uploads?.add([file(), new File(['more'], 'b.md')])
    await until(() => visitor.puts.length === 2)
    visitor.puts[0]?.end()
    await until(() => from.draft.getState()?.documents?.length === 1)

    const { client, puts } = open()
    await client.claim(visitor.client)
    const to = client.thread({ agentId: 'a' })
    await until(() => puts.length === 2)
    for (const put of puts) put.end()
    await to.uploads?.settled()

    expect(visitor.puts[1]?.signal.aborted).toBe(true)
    expect(from.uploads?.store.getState()).toEqual([])
    expect(to.draft.getState()).toMatchObject({
      query: 'Compare',
      documents: [{ name: 'a.md' }, { name: 'b.md' }],
    })
  })

  it('has no uploads where it was given none', () => {
    const transport: Transport = { async *start() {} }
    const client = createFluoClient({ transport, userScope: null, storage: memoryStorage() })

    expect(client.uploads).toBeNull()
    expect(client.thread({ agentId: 'a' }).uploads).toBeNull()
  })
})
