import { createFluoClient, memoryStorage, type FluoEvent, type Run } from '@fluokit/core'
import { defineScript, scriptedTransport, scripts } from '@fluokit/testing'
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { formOf, loadExport, playReads, playScript } from '../../test/played-export.ts'
import { record } from './index.ts'

afterEach(() => vi.restoreAllMocks())

describe('an exported run', () => {
  it.each(Object.values(scripts).filter(({ name }) => !/held|stalled/.test(name)))(
    'plays as "$name" did, masked and with its text',
    async (script) => {
      const { run, exported } = await playScript(script)
      const again = await playScript(await loadExport(exported))
      const kept = await playScript(script, 'kept')
      const said = await playScript(await loadExport(kept.exported))

      expect(formOf(again.run)).toEqual(formOf(run))
      expect(wordsOf(said.run)).toEqual(wordsOf(run))
    },
    20_000,
  )

  it('stalls where a run had gone silent', async () => {
    const { run, exported } = await playScript(scripts.stalled)
    expect(run).toMatchObject({ end: 'interrupted', error: { code: 'stalled' } })
    expect(exported.steps.at(-1)).toEqual({ fault: 'stall' })
    expect(formOf((await playScript(await loadExport(exported))).run)).toEqual(formOf(run))
  })

  it('loses and finds its connection where the run did', async () => {
    const script = defineScript('lost', [
      { event: { type: 'message_delta', text: 'One ' } },
      { fault: 'lost' },
      { event: { type: 'message_delta', text: 'two' } },
      { event: { type: 'message_final', text: 'One two' } },
    ])
    const { run, exported } = await playScript(script)

    expect(run.end).toBe('done')
    expect(exported.steps.filter((step) => 'fault' in step)).toEqual([{ fault: 'lost' }])
    expect(formOf((await playScript(await loadExport(exported))).run)).toEqual(formOf(run))
  })

  it('is the last attempt of a run that a rate limit had refused', async () => {
    const limited = defineScript('limited', [{ status: 429, retryAfter: '0' }])
    const { transport } = scriptedTransport([limited, scripts.greeting], { speed: Infinity })
    const client = createFluoClient({
      transport,
      userScope: null,
      storage: memoryStorage(),
      random: () => 0,
    })
    const recording = record(client)
    expect(await client.thread({ agentId: 'agent' }).send('Hi')).toMatchObject({ end: 'done' })
    await vi.waitFor(() => expect(recording.runs()[0]?.isOver).toBe(true))

    const [run] = recording.runs()
    expect(recording.runs()).toHaveLength(1)
    const states = run?.rows.flatMap((row) => (row.kind === 'state' ? [row.activity] : []))
    expect(states).toEqual(['connecting', 'waiting', 'connecting', 'open', 'idle'])
    const { steps } = recording.exportRun(run!)
    expect(steps.find((step) => 'event' in step)).toEqual({ event: { type: 'run_start' } })
    expect(steps.filter((step) => 'status' in step)).toEqual([])
  })

  it('says when to come back as it was said at the refusal, however late it is exported', async () => {
    vi.useFakeTimers({ toFake: ['Date', 'performance'] })
    onTestFinished(() => void vi.useRealTimers())
    const limited = defineScript('limited', [
      { status: 429, retryAfter: '90', detail: 'Jonas asked' },
    ])
    const { transport } = scriptedTransport(limited, { speed: Infinity })
    const client = createFluoClient({
      transport,
      userScope: null,
      storage: memoryStorage(),
      retryRateLimited: false,
    })
    const recording = record(client)
    await client.thread({ agentId: 'agent' }).send('Hi')
    const [run] = recording.runs()
    vi.setSystemTime(Date.now() + 60_000)

    expect(recording.exportRun(run!).steps).toEqual([{ status: 429, retryAfter: '90' }])
  })

  it('leaves out what was taken back, and says so', async () => {
    const soFar = (text: string): FluoEvent => ({ type: 'message_delta', mode: 'replace', text })
    const { run, exported } = await playReads(
      [[soFar('Let me ')], [soFar('Let me see')], [soFar('Nine.')], [soFar('Nine. Or ten.')]],
      'kept',
    )
    const again = await playScript(await loadExport(exported))

    expect(run.end).toBe('interrupted')
    expect(wordsOf(run)).toEqual(['interrupted', [[['Nine. Or ten.']]]])
    expect(wordsOf(again.run)).toEqual(wordsOf(run))
    expect(exported.note).toContain('Text that was taken back is left out.')
  })

  it('leaves what was taken back where it stood before other parts', async () => {
    const { run, exported } = await playReads(
      [
        [{ type: 'message_delta', text: 'Let me see.' }],
        [{ type: 'thinking_part', text: 'Three by three?' }],
        [{ type: 'message_delta', mode: 'replace', text: 'Nine.' }],
      ],
      'kept',
    )
    expect(wordsOf(run)).toEqual(['interrupted', [[['Nine.'], ['Three by three?']]]])
    const again = await playScript(await loadExport(exported))
    expect(wordsOf(again.run)).toEqual(wordsOf(run))
  })

  it.each([
    [403, 'forbidden'],
    [413, 'too-large'],
    [422, 'invalid'],
    [429, 'rate-limited'],
  ] as const)(
    'tells by the status %i what was told as the code "%s" alone',
    async (status, code) => {
      const { run, exported } = await playReads([[{ type: 'error', error: { code } }]])
      expect(exported.steps).toContainEqual({ event: { type: 'error', error: { code, status } } })
      const again = await playScript(await loadExport(exported))
      expect(again.run.error?.code).toBe(run.error?.code)
    },
  )

  it('hides a reference that a thought spells out in pieces, as the timeline does', async () => {
    const thought = (text: string): FluoEvent => ({ type: 'thinking_part', text })
    const start: FluoEvent = { type: 'run_start', threadRef: 'reference-secret' }
    const { exported } = await playReads(
      [[start, thought('I am in reference-'), thought('secret now')]],
      'kept',
    )
    expect(JSON.stringify(exported.steps)).toContain('I am in reference 1 now')
  })

  it('keeps a final apart from what it replaces, where both look alike when masked', async () => {
    const said = (text: string, final: string) =>
      defineScript('replaced', [
        { event: { type: 'message_delta', text } },
        { event: { type: 'message_final', text: final } },
      ])
    for (const script of [said('one two', 'six\nten'), said('one', 'two\n'), said('a\nb', 'c d')]) {
      const { run, exported } = await playScript(script)
      const again = await playScript(await loadExport(exported))
      expect(formOf(again.run)).toEqual(formOf(run))
    }
  })

  it('takes a name like __proto__ for any other, masked and with its text (T32)', async () => {
    const input: unknown = JSON.parse('{"__proto__":{"isAdmin":true}}')
    const script = defineScript('polluted', [
      { event: { type: 'tool_start', name: 'look_up', input } },
      { event: { type: 'tool_end', name: 'look_up' } },
    ])
    const { steps } = await loadExport((await playScript(script, 'kept')).exported)
    expect(steps.find((step) => 'event' in step)).toEqual(script.steps[0])
    const masked = await loadExport((await playScript(script)).exported)
    expect(JSON.stringify(masked.steps)).toContain('"__xxxxx__":{"xxXxxxx":true}')
  })

  it('keeps messages apart that only their names tell apart', async () => {
    const event = (messageId: string, text: string) => ({
      bytes: `event: message_delta\ndata: ${JSON.stringify({ text, message_id: messageId })}\n\n`,
    })
    const script = defineScript('named', [event('id-secret-1', 'One'), event('id-secret-2', 'Two')])
    const { run, exported } = await playScript(script)

    expect(run.messages).toHaveLength(2)
    expect(formOf((await playScript(await loadExport(exported))).run)).toEqual(formOf(run))
    expect(exported.source).not.toContain('secret')
  })
})

function wordsOf({ messages, end }: Run) {
  return [
    end,
    messages.map(({ parts }) =>
      parts.map((part) => ('chunks' in part ? part.chunks : 'raw' in part ? part.raw : part.input)),
    ),
  ]
}
