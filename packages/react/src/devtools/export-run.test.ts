import { createFluoClient, memoryStorage, type FluoEvent, type Run } from '@fluokit/core'
import { defineScript, scriptedTransport, scripts, type Script, type Step } from '@fluokit/testing'
import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { record, type RunExport } from './index.ts'

afterEach(() => vi.restoreAllMocks())

/** Plays a script to its end, stopping what hangs, and gives the run with what was recorded of it. */
async function play(
  script: Script,
  text: 'masked' | 'kept' = 'masked',
): Promise<{ readonly run: Run; readonly exported: RunExport }> {
  vi.spyOn(console, 'warn').mockImplementation(() => undefined)
  const { transport } = scriptedTransport(script, { speed: Infinity })
  const client = createFluoClient({
    transport,
    userScope: null,
    storage: memoryStorage(),
    retryRateLimited: false,
    stallAfterMs: script.steps.some((step) => 'fault' in step && step.fault === 'stall') ? 30 : 0,
    schedule: (callback) => (callback(), () => undefined),
  })
  const recording = record(client)
  const thread = client.thread({ agentId: 'agent' })
  await thread.send('a secret question')
  await vi.waitFor(() => expect(recording.runs()[0]?.isOver).toBe(true))
  const run = thread.store.getState().turns[0]?.runs[0]
  const [recorded] = recording.runs()
  if (run === undefined || recorded === undefined) throw new Error('Nothing was recorded.')
  const exported = recording.exportRun(recorded, { text })
  recording.end()
  client.dispose()
  return { run, exported }
}

/** The script of an exported module, run as the module that it is. */
async function load({ source }: RunExport): Promise<Script> {
  const [imported, ...rest] = source.split('\n')
  expect(imported).toBe("import { defineScript } from '@fluokit/testing'")
  const code = `const defineScript = (name, steps) => ({ name, steps })\n${rest.join('\n')}`
  const module: unknown = await import(
    /* @vite-ignore */ `data:text/javascript,${encodeURIComponent(code)}`
  )
  return (module as { readonly recorded: Script }).recorded
}

/** What a run is made of, without its words. */
function formOf({ messages, end, error }: Run) {
  return {
    end,
    code: error?.code ?? null,
    messages: messages.map(({ isFinal, parts }) => ({
      isFinal,
      parts: parts.map((part) => {
        if (part.type === 'tool-call') {
          return [part.status, part.name, part.error?.length, formOfData(part.input)]
        }
        if (part.type === 'unknown') return [part.type, part.event]
        return [part.type, ...part.chunks.map(({ length }) => length)]
      }),
    })),
  }
}

function formOfData(data: unknown): unknown {
  if (Array.isArray(data)) return data.map(formOfData)
  if (typeof data !== 'object' || data === null) return typeof data
  return Object.values(data).map(formOfData)
}

describe('an exported run', () => {
  it.each(Object.values(scripts).filter(({ name }) => !/held|stalled/.test(name)))(
    'plays as "$name" did, masked and with its text',
    async (script) => {
      const { run, exported } = await play(script)
      const again = await play(await load(exported))
      const kept = await play(script, 'kept')
      const said = await play(await load(kept.exported))

      expect(formOf(again.run)).toEqual(formOf(run))
      expect(wordsOf(said.run)).toEqual(wordsOf(run))
    },
    20_000,
  )

  it('stalls where a run had gone silent', async () => {
    const { run, exported } = await play(scripts.stalled)
    expect(run).toMatchObject({ end: 'interrupted', error: { code: 'stalled' } })
    expect(exported.steps.at(-1)).toEqual({ fault: 'stall' })
    expect(formOf((await play(await load(exported))).run)).toEqual(formOf(run))
  })

  it('loses and finds its connection where the run did', async () => {
    const script = defineScript('lost', [
      { event: { type: 'message_delta', text: 'One ' } },
      { fault: 'lost' },
      { event: { type: 'message_delta', text: 'two' } },
      { event: { type: 'message_final', text: 'One two' } },
    ])
    const { run, exported } = await play(script)

    expect(run.end).toBe('done')
    expect(exported.steps.filter((step) => 'fault' in step)).toEqual([{ fault: 'lost' }])
    expect(formOf((await play(await load(exported))).run)).toEqual(formOf(run))
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

  it('says when to come back where it was refused', async () => {
    const { exported } = await play(
      defineScript('limited', [{ status: 429, retryAfter: '90', detail: 'Jonas asked' }]),
    )
    expect(exported.steps).toEqual([
      { status: 429, retryAfter: expect.stringMatching(/^(89|90)$/) as string },
    ])
  })

  it('keeps a final apart from what it replaces, where both look alike when masked', async () => {
    const said = (text: string, final: string) =>
      defineScript('replaced', [
        { event: { type: 'message_delta', text } },
        { event: { type: 'message_final', text: final } },
      ])
    for (const script of [said('one two', 'six\nten'), said('one', 'two\n'), said('a\nb', 'c d')]) {
      const { run, exported } = await play(script)
      const again = await play(await load(exported))
      expect(formOf(again.run)).toEqual(formOf(run))
    }
  })

  it('takes a name like __proto__ for any other, masked and with its text (T32)', async () => {
    const input: unknown = JSON.parse('{"__proto__":{"isAdmin":true}}')
    const script = defineScript('polluted', [
      { event: { type: 'tool_start', name: 'look_up', input } },
      { event: { type: 'tool_end', name: 'look_up' } },
    ])
    const { steps } = await load((await play(script, 'kept')).exported)
    expect(steps.find((step) => 'event' in step)).toEqual(script.steps[0])
    const masked = await load((await play(script)).exported)
    expect(JSON.stringify(masked.steps)).toContain('"__xxxxx__":{"xxXxxxx":true}')
  })

  it('keeps messages apart that only their names tell apart', async () => {
    const event = (messageId: string, text: string) => ({
      bytes: `event: message_delta\ndata: ${JSON.stringify({ text, message_id: messageId })}\n\n`,
    })
    const script = defineScript('named', [event('id-secret-1', 'One'), event('id-secret-2', 'Two')])
    const { run, exported } = await play(script)

    expect(run.messages).toHaveLength(2)
    expect(formOf((await play(await load(exported))).run)).toEqual(formOf(run))
    expect(exported.source).not.toContain('secret')
  })

  it('has the form of any run and no word of it (T09)', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step(), { maxLength: 14 }), async (steps) => {
        const script = defineScript('random', steps)
        const { run, exported } = await play(script)
        const again = await play(await load(exported))

        expect(formOf(again.run)).toEqual(formOf(run))
        const told = `${exported.source}${exported.json}`
        for (const secret of secretsIn(steps)) expect(told).not.toContain(secret)
      }),
      { numRuns: 300 },
    )
  }, 60_000)
})

function wordsOf({ messages, end }: Run) {
  return [
    end,
    messages.map(({ parts }) =>
      parts.map((part) => ('chunks' in part ? part.chunks : 'raw' in part ? part.raw : part.input)),
    ),
  ]
}

const word = fc.constantFrom(
  'Jonas',
  'wohnt',
  'Zürich',
  'geheim',
  'ПАРОЛЬ',
  'ключ',
  'пароль',
  '東京都庁',
  'سرية',
  'diagnosis',
  'Secret',
  'mañana',
  '👩‍⚕️doctor',
)
const gap = fc.constantFrom(' ', '\n', '\n\n', ', ', '. ', ':\n- ', ' 17 ')
const text = fc
  .array(fc.tuple(word, gap), { minLength: 1, maxLength: 4 })
  .map((pairs) => pairs.flat().join(''))
const data = fc.oneof(
  fc.dictionary(
    word,
    fc.oneof(text, fc.integer(), fc.boolean(), fc.array(text, { maxLength: 2 })),
    {
      minKeys: 1,
      maxKeys: 3,
    },
  ),
  fc.record({ nested: fc.record({ value: text }) }),
)
const callId = fc.constantFrom('geheim-1', 'geheim-2')

function step(): fc.Arbitrary<Step> {
  const event = (arbitrary: fc.Arbitrary<FluoEvent>) => arbitrary.map((made) => ({ event: made }))
  return fc.oneof(
    { weight: 6, arbitrary: event(text.map((said) => ({ type: 'message_delta', text: said }))) },
    { weight: 2, arbitrary: event(text.map((said) => ({ type: 'thinking_part', text: said }))) },
    { weight: 2, arbitrary: event(text.map((said) => ({ type: 'message_final', text: said }))) },
    event(
      fc.record({
        type: fc.constant('tool_start'),
        callId,
        name: fc.constant('look_up'),
        input: data,
      }),
    ),
    event(
      fc.record({
        type: fc.constant('tool_end'),
        callId,
        name: fc.constant('look_up'),
        output: data,
      }),
    ),
    event(fc.record({ type: fc.constant('tool_end'), callId, error: text })),
    event(
      fc.record({
        type: fc.constant('unknown'),
        event: fc.constant('usage'),
        raw: fc.oneof(
          data.map((value) => JSON.stringify(value)),
          text,
        ),
      }),
    ),
    event(
      text.map((detail) => ({ type: 'error', error: { code: 'upstream', status: 502, detail } })),
    ),
  )
}

/** Every word of more than two letters that stands anywhere in these steps. */
function secretsIn(steps: readonly Step[]): readonly string[] {
  const all = JSON.stringify(steps)
  return [
    'Jonas',
    'wohnt',
    'Zürich',
    'geheim',
    'ПАРОЛЬ',
    'ключ',
    'пароль',
    '東京',
    'سرية',
    'diagnosis',
    'Secret',
    'mañana',
    'doctor',
    '👩',
    'nested',
  ].filter((secret) => all.includes(secret))
}
