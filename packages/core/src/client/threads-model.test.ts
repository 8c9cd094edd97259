import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fakeTabs } from '../__fixtures__/fake-tabs.ts'
import {
  delta,
  final,
  handFrames,
  handTransport,
  settled,
  type HandConnection,
  type HandTransport,
} from '../__fixtures__/hand-transport.ts'
import { memoryStorage } from '../memory/memory-storage.ts'
import { memoryTranscripts } from '../memory/memory-transcripts.ts'
import type { ThreadStorage } from '../memory/thread-storage.ts'
import type { Thread } from '../thread/thread.ts'
import { createFluoClient } from './create-client.ts'
import type { FluoClient } from './fluo-client.ts'

/** What a person thinks there is: questions that are still their own are none of a conversation. */
interface Conversation {
  name: string | null
  questions: string[]
}

interface Page {
  readonly client: FluoClient
  readonly transport: HandTransport
  readonly current: Thread
}

const steps = [
  'send',
  'text',
  'end',
  'stop',
  'reset',
  'settle',
  'reload',
  'rename',
  'remove',
  'send-there',
  'reset-there',
] as const
type Step = readonly [step: (typeof steps)[number], which: number]

/** Answers one turn of the event loop later. */
function slow(storage: ThreadStorage): ThreadStorage {
  const later = async <T>(call: () => T): Promise<Awaited<T>> => {
    await settled()
    return call() as Awaited<T>
  }
  return {
    isShared: false,
    read: (key) => later(() => storage.read(key)),
    write: (key, value) => later(() => storage.write(key, value)),
    remove: (key) => later(() => storage.remove(key)),
    keys: (prefix) => later(() => storage.keys(prefix)),
  }
}

async function play(
  all: readonly Step[],
  where: 'slow' | 'fast' | 'two tabs',
  canResume: boolean,
): Promise<void> {
  const isSlow = where === 'slow'
  const isShared = where === 'two tabs'
  const { tabs } = fakeTabs()
  const records = { ...memoryStorage(), isShared }
  const storage = isSlow ? slow(records) : records
  const transcripts = memoryTranscripts()
  const conversations = new Set<Conversation>()
  const ended = new Set<HandConnection>()
  let current: Conversation | null = null
  const pages = isShared ? [open(), open()] : [open()]
  let count = 0

  function open(): Page {
    const transport = handTransport({ canResume })
    const { schedule } = handFrames()
    const client = createFluoClient({
      transport,
      userScope: 'ann',
      storage,
      transcripts,
      schedule,
      tabs: isShared ? tabs : {},
    })
    client.threads.subscribe(() => undefined)
    const thread = client.thread({ agentId: 'agent' })
    thread.store.subscribe(() => undefined)
    return { client, transport, current: thread }
  }

  const titleOf = ({ name, questions }: Conversation): string | undefined => name ?? questions[0]
  const byTitle = (title: string | null): Conversation | undefined =>
    [...conversations].find((conversation) => titleOf(conversation) === title)

  function send(thread: Thread, to: Conversation): void {
    const query = `Question ${(count += 1)}`
    to.questions.push(query)
    conversations.add(to)
    void thread.send(query).then(({ sent }) => {
      if (!sent) to.questions = to.questions.filter((question) => question !== query)
    })
  }

  async function end(): Promise<void> {
    const all = pages.flatMap(({ transport: { runs, resumes } }) => [...runs, ...resumes])
    for (const connection of all) {
      if (ended.has(connection) || connection.signal.aborted) continue
      ended.add(connection)
      // oxlint-disable-next-line no-await-in-loop -- one after the other, as they would come
      await connection.push(final('An answer.'))
      // oxlint-disable-next-line no-await-in-loop
      await connection.end('done')
    }
  }

  async function take([step, which]: Step): Promise<void> {
    const tab = which % pages.length
    const page = pages[tab] ?? open()
    const { client, transport } = page
    const list = client.threads.getState()
    const summary = list[which % Math.max(list.length, 1)]
    const conversation = summary === undefined ? undefined : byTitle(summary.title)
    if (step === 'send') send(page.current, (current ??= { name: null, questions: [] }))
    if (step === 'text') {
      const live = transport.runs.at(-1)
      if (live !== undefined && !ended.has(live)) await live.push(delta('Some text.'))
    }
    if (step === 'end') await end()
    if (step === 'stop') {
      // A question that is stopped before anything was read is a conversation of its own: see moved-threads.test.ts.
      for (let turn = 0; isSlow && turn < 4; turn += 1) await settled()
      await page.current.stop()
    }
    if (step === 'settle') await settled()
    if (step === 'reset') {
      page.current.reset()
      current = null
    }
    if (step === 'reload') {
      if (isSlow) for (let turn = 0; turn < 6; turn += 1) await settled()
      page.client.dispose()
      await settled()
      pages[tab] = open()
    }
    if (summary === undefined || conversation === undefined) return
    const thread = (): Thread => {
      const { agentId, threadKey } = summary
      const opened = client.thread({ agentId, threadKey })
      opened.store.subscribe(() => undefined)
      return opened
    }
    if (step === 'rename') {
      conversation.name = which % 3 === 0 ? null : `Name ${(count += 1)}`
      await client.renameThread(summary, conversation.name)
    }
    if (step === 'remove') {
      conversations.delete(conversation)
      if (conversation === current) current = null
      await client.removeThread(summary)
    }
    if (step === 'send-there') send(thread(), conversation)
    if (step === 'reset-there') {
      thread().reset()
      if (conversation === current) current = null
    }
  }

  for (const step of all) {
    await take(step)
    if (isShared) await settled()
  }
  for (let turn = 0; turn < 12; turn += 1) {
    await settled()
    await end()
  }

  const expected = [...conversations]
    .filter(({ questions }) => questions.length > 0)
    .map((conversation) => [titleOf(conversation), sorted(conversation.questions)])
  for (const { client } of pages) {
    expect(sorted(await shown(client))).toEqual(sorted(expected))
    await end()
  }
  for (const { client } of pages) client.dispose()
  await settled()
  const later = open()
  for (let turn = 0; turn < 6; turn += 1) await settled()
  expect(sorted(await shown(later.client))).toEqual(sorted(expected))
  expect(later.client.threads.getState().every(({ isRunning }) => !isRunning)).toBe(true)
  const stored = (await records.keys('')).map(
    (key) => JSON.parse((records.read(key) as string | null) ?? '') as { readonly id: string },
  )
  expect(new Set(stored.map(({ id }) => id)).size).toBe(stored.length)
}

/** What a person finds who opens each thread of the list. */
async function shown(client: FluoClient): Promise<unknown[]> {
  const found: unknown[] = []
  for (const { agentId, threadKey, title } of client.threads.getState()) {
    const { store } = client.thread({ agentId, threadKey })
    store.subscribe(() => undefined)
    // oxlint-disable-next-line no-await-in-loop -- a person opens one after the other
    for (let turn = 0; turn < 4; turn += 1) await settled()
    const questions = store.getState().turns.map(({ input }) => input.query)
    found.push([title, sorted(questions)])
  }
  return found
}

function sorted(list: readonly unknown[]): readonly string[] {
  return list.map((entry) => JSON.stringify(entry)).toSorted((a, b) => a.localeCompare(b))
}

describe('conversations, in any order of what can be done with them', () => {
  const step = fc.tuple(fc.constantFrom(...steps), fc.nat(13))

  // oxlint-disable-next-line vitest/expect-expect -- play does
  it.each([
    ['fast', false],
    ['fast', true],
    ['slow', false],
    ['slow', true],
    ['two tabs', false],
    ['two tabs', true],
  ] as const)(
    'lose no question and double none; the list is what a person thinks there is (%s, runs can be found again: %s)',
    async (where, canResume) => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 16 }), (all) =>
          play(all, where, canResume),
        ),
        { numRuns: 100 },
      )
    },
    60_000,
  )
})
