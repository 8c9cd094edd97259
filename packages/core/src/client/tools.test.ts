import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { delta, final, handTransport, runStart, settled } from '../__fixtures__/hand-transport.ts'
import { memoryStorage } from '../memory/memory-storage.ts'
import { memoryTranscripts } from '../memory/memory-transcripts.ts'
import type { FrameScheduler } from '../thread/frame-commit.ts'
import type { Run, ToolCallPart, Turn } from '../thread/thread-state.ts'
import type { Thread } from '../thread/thread.ts'
import { countedSchema } from '../tools/__fixtures__/counted-schema.ts'
import { defineTools } from '../tools/define-tools.ts'
import type { Tools } from '../tools/tools.ts'
import type { FluoEvent } from '../wire/fluo-event.ts'
import { createFluoClient } from './create-client.ts'
import type { FluoClientOptions, ThreadOptions } from './fluo-client.ts'

const start = (input: unknown, callId = 'c'): FluoEvent => ({
  type: 'tool_start',
  callId,
  name: 'sum',
  input,
})
const end = (output: unknown, callId = 'c'): FluoEvent => ({ type: 'tool_end', callId, output })
const numbers = defineTools({ sum: { input: z.array(z.number()), output: z.number() } })

function memory(): Pick<FluoClientOptions, 'storage' | 'transcripts'> {
  return { storage: memoryStorage(), transcripts: memoryTranscripts() }
}

/** Shows each change in the task in which it came. */
const atOnce: FrameScheduler = (callback) => {
  callback()
  return () => undefined
}

/** A page of a user, with what earlier pages have left. */
function open(options: Partial<FluoClientOptions>, threadOptions: Partial<ThreadOptions> = {}) {
  const transport = handTransport({ canResume: true })
  const client = createFluoClient({ transport, userScope: null, schedule: atOnce, ...options })
  const thread = client.thread({ agentId: 'agent', ...threadOptions })
  return { client, transport, thread }
}

/** The same, once it is restored. */
async function reopen(options: Partial<FluoClientOptions>) {
  const page = open(options)
  page.thread.store.subscribe(() => undefined)
  await settled()
  return page
}

const callsIn = (run: Run | undefined): readonly ToolCallPart[] =>
  run?.messages.flatMap(({ parts }) => parts.filter((part) => part.type === 'tool-call')) ?? []
const runOf = (thread: Thread): Run | undefined => thread.store.getState().turns.at(-1)?.runs.at(-1)
/** How each call of the newest run stands. */
const marks = (thread: Thread) =>
  callsIn(runOf(thread)).map(({ status, isTyped }) => [status, isTyped])

describe('createFluoClient with tools', () => {
  it('shows each call as its schemas find it, as it begins, when it ends, and to onRunEnd', async () => {
    const ended: Run[] = []
    const { thread, transport } = open({ tools: numbers, onRunEnd: (run) => ended.push(run) })
    void thread.send('Hi')

    await transport.run.push(runStart(), start([1, 2]), start('two', 'd'))
    expect(marks(thread)).toEqual([
      ['running', true],
      ['running', false],
    ])
    await transport.run.push(end('three'), end(3, 'd'))
    expect(marks(thread)).toEqual([
      ['invalid', false],
      ['invalid', false],
    ])
    await transport.run.push(start([1], 'e'), end(1, 'e'), final('Done'))
    await transport.run.end()

    expect(marks(thread).at(-1)).toEqual(['done', true])
    expect(ended).toEqual([runOf(thread)])
    expect(callsIn(ended[0])[0]).toMatchObject({ input: [1, 2], output: 'three' })
  })

  it('asks a schema when a call changes, and never for the text around it', async () => {
    const input = countedSchema(() => true)
    const output = countedSchema(() => true)
    const defined = defineTools({ sum: { input, output } })
    const checkRun = vi.fn<Tools['checkRun']>(defined.checkRun)
    const { thread, transport } = open({ tools: { ...defined, checkRun } })
    void thread.send('Hi')

    await transport.run.push(start(1), start(2, 'd'))
    for (let count = 0; count < 50; count += 1) {
      await transport.run.push(delta('word '), { type: 'thinking_part', text: 'hm' })
    }
    expect(checkRun).toHaveBeenCalledTimes(1)
    expect(input.asked).toEqual([1, 2])
    await transport.run.push(end(3), { type: 'unknown', event: 'x', raw: '' }, final())
    await transport.run.push(end(4, 'd'))
    await transport.run.end()

    expect(marks(thread)).toEqual([
      ['done', true],
      ['done', true],
    ])
    expect([input.asked, output.asked]).toEqual([
      [1, 2, 1, 2],
      [3, 4],
    ])
  })

  it('does not ask again when the run ends, and what never ended stays typed by its input', async () => {
    const input = countedSchema(() => true)
    const { thread, transport } = open({ tools: defineTools({ sum: { input } }) })
    void thread.send('Hi')
    await transport.run.push(start(1))

    await transport.run.end()

    expect(marks(thread)).toEqual([['unfinished', true]])
    expect(input.asked).toEqual([1])
  })

  it('checks a call that begins in the read in which its run fails', async () => {
    const { thread, transport } = open({ tools: numbers })
    void thread.send('Hi')

    await transport.run.push(start([1]), { type: 'error', error: { code: 'upstream' } })

    expect(marks(thread)).toEqual([['unfinished', true]])
  })

  it('judges the end of a run as without', async () => {
    const event = fc.oneof(
      fc.record({ type: fc.constant('tool_start'), callId: id(), name: name(), input: data() }),
      fc.record({ type: fc.constant('tool_end'), callId: id(), name: name(), output: data() }),
      fc.constantFrom(delta('x'), final('x'), final()),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(event, { maxLength: 6 }), async (events) => {
        const with_ = open({ tools: numbers })
        const without = open({})
        for (const { thread, transport } of [with_, without]) {
          void thread.send('Hi')
          await transport.run.push(...(events as readonly FluoEvent[]))
          await transport.run.end()
        }

        expect(runOf(with_.thread)?.end).toBe(runOf(without.thread)?.end)
        expect(callsIn(runOf(with_.thread))).toHaveLength(callsIn(runOf(without.thread)).length)
      }),
      { numRuns: 40 },
    )
  })

  it('checks turns that the application brings', () => {
    const call: ToolCallPart = { type: 'tool-call', id: 'c', name: 'sum', status: 'done', input: 1 }
    const messages = [{ id: 'm', parts: [call], isFinal: true }]
    const run: Run = { id: 'run', messages, end: 'done', error: null }
    const turn: Turn = { id: 't', input: { query: 'Hi' }, sentAt: 0, runs: [run] }

    const { thread } = open({ tools: numbers }, { initialTurns: [turn] })

    expect(marks(thread)).toEqual([['invalid', false]])
    expect(call.status).toBe('done')
  })

  it('checks what comes back anew: the schemas of a release are not those of the one before', async () => {
    const left = memory()
    const text = defineTools({ sum: { input: z.string(), output: z.string() } })
    const first = open({ ...left, tools: text })
    void first.thread.send('Hi')
    await first.transport.run.push(
      start([1]),
      end(1),
      start('1', 'd'),
      end('1', 'd'),
      final('Done'),
    )
    await first.transport.run.end()
    expect(marks(first.thread)).toEqual([
      ['invalid', false],
      ['done', true],
    ])
    first.client.dispose()

    expect(marks((await reopen({ ...left, tools: numbers })).thread)).toEqual([
      ['done', true],
      ['invalid', false],
    ])
    expect(marks((await reopen(left)).thread)).toEqual([
      ['done', undefined],
      ['done', undefined],
    ])
  })

  it('checks what was kept of a run that goes on, and goes on checking', async () => {
    const left = memory()
    const first = open({ ...left, tools: numbers })
    void first.thread.send('Hi')
    await first.transport.run.push(runStart(), start([1]), start('x', 'd'))
    first.client.dispose()
    await settled()

    const { thread, transport } = await reopen({ ...left, tools: numbers })
    expect(marks(thread)).toEqual([
      ['running', true],
      ['running', false],
    ])
    await transport.resumed.push(end(1), end(1, 'd'), final('Done'))
    await transport.resumed.end('done')

    expect(marks(thread)).toEqual([
      ['done', true],
      ['invalid', false],
    ])
    expect(runOf(thread)?.end).toBe('done')
  })
})

const id = () => fc.constantFrom('c', 'd')
const name = () => fc.constantFrom('sum', 'other')
const data = () => fc.oneof(fc.constant([1]), fc.constant(1), fc.jsonValue())
