import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inPieces } from '../__fixtures__/fake-upstream.ts'
import { call, start, testRelay } from '../__fixtures__/test-relay.ts'
import { createMask } from '../upstream/mask.ts'
import { createLog, type RelayLogEntry } from './relay-log.ts'
import type { RelayOptions } from '../options/relay-options.ts'

const mask = createMask({ apiKey: 'sk-canary-key', projectId: 'project-canary' })

const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
  fc
    .array(
      fc.constantFrom(
        '\r',
        '\n',
        '\u0085',
        '\u2028',
        '\u2029',
        '\0',
        '\t',
        '\u001b[2K',
        '\u009b1m',
        '\u202e',
      ),
    )
    .map((pieces) => `a${pieces.join('b')}{"level":"info"}`),
  fc.constantFrom(String.raw`\n`, String.raw`\u{a}`, '\\', '\ud800', '\u200b', '\ufeff', '%0a'),
)

/** What a logger was given for one entry. */
function logged(entry: Partial<RelayLogEntry>): RelayLogEntry {
  const entries: RelayLogEntry[] = []
  createLog((given) => entries.push(given))(
    { level: 'warn', event: 'refused', requestId: 'r', ...entry },
    mask,
  )
  const [first] = entries
  if (first === undefined) throw new Error('Nothing was logged.')
  return first
}

/** Whether a text stays on its line, in every terminal and every viewer of logs. */
const isOneLine = (text: string): boolean => !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u.test(text)

function unescaped(text: string): string {
  return text.replace(/\\(?:\\|u\{([\da-f]+)\})/g, (_, code: string | undefined) =>
    code === undefined ? '\\' : String.fromCodePoint(Number.parseInt(code, 16)),
  )
}

/** Every text of an entry. */
const textsOf = (entry: RelayLogEntry): readonly string[] =>
  Object.values(entry).filter((value) => typeof value === 'string')

describe('createLog', () => {
  it('keeps every field that comes from outside on one line, and tells texts apart (T37)', () => {
    const entry = fc.record({
      agentId: hostile,
      runId: hostile,
      upstreamRequestId: hostile,
      detail: hostile,
    })
    fc.assert(
      fc.property(entry, (from) => {
        const to = logged(from)

        expect(textsOf(to).filter((text) => !isOneLine(text))).toEqual([])
        for (const name of ['agentId', 'runId', 'upstreamRequestId', 'detail'] as const) {
          expect(unescaped(to[name] ?? '')).toBe(from[name].slice(0, 500))
        }
      }),
      { numRuns: 1000 },
    )
  })

  it('keeps the lines of a whole run on their own, whatever Fluo, the browser or a callback says (T37)', async () => {
    const place = fc.constantFrom(
      ...([
        'detail',
        'type',
        'error event',
        'agent',
        'origin',
        'run',
        'authorize',
        'beforeRun',
        'onThread',
      ] as const),
    )
    await fc.assert(
      fc.asyncProperty(place, hostile, async (where, text) => {
        const { request, options } = sayingIn(where, text)
        const { relay, log } = testRelay('https://fluo.example', options)

        await (await relay(request)).text()

        expect(log.length).toBeGreaterThan(0)
        expect(log.flatMap(textsOf).filter((line) => !isOneLine(line))).toEqual([])
        expect(JSON.stringify(log).length).toBeLessThan(10_000)
      }),
      { numRuns: 500 },
    )
  })

  it.each([
    ['ordinary text', 'x'.repeat(1_000_000)],
    ['line ends', '\n'.repeat(1_000_000)],
    ['beginnings of a thread ID', 'thread_id'.repeat(111_111)],
    ['quotes and colons', `thread_id${'": \\'.repeat(250_000)}`],
    ['the key, over and over', 'sk-canary-key '.repeat(70_000)],
  ])('clips a detail of a megabyte of %s, after it was masked (T33) (T37)', (_, detail) => {
    const text = logged({ detail }).detail ?? ''

    expect(unescaped(text)).toHaveLength(500)
    expect(isOneLine(text)).toBe(true)
    expect(text).not.toContain('sk-canary')
  })

  it('hides a key that stands across the place where a detail is clipped (T02)', () => {
    for (let before = 480; before <= 500; before += 1) {
      expect(logged({ detail: `${'x'.repeat(before)}sk-canary-key` }).detail).not.toContain('sk-')
    }
  })

  it('keeps what a person sent out of what Fluo says about it (T09) (T37)', async () => {
    const input = {
      query: 'Is my canary-question answered?',
      documents: ['https://files.example/canary-report.pdf?signature=canary-signature'],
      contexts: ['canary-context-1'],
    }
    const [url = ''] = input.documents
    const detail = [
      `cannot fetch ${url}`,
      `cannot read ${url.split('?')[0]}`,
      'bad signature=canary-signature',
      `no context ${input.contexts[0]}`,
      `no answer to "${input.query}"`,
    ].join('; ')
    const { relay, log } = testRelay('https://fluo.example', {
      fileHosts: ['files.example'],
      fetch: () => Promise.resolve(Response.json({ detail }, { status: 422 })),
    })

    await relay(call(start({ input })))

    expect(log.at(-1)?.detail).toBe(
      'cannot fetch [file]; cannot read [file]; bad [file]; no context [context]; no answer to "[query]"',
    )
  })

  it('gives each request an ID, the same to the log and to the browser', async () => {
    const { relay, log } = testRelay('http://127.0.0.1:1', { authorize: () => null })

    const answers = [await relay(call(start())), await relay(call(start()))]

    const ids = answers.map(({ headers }) => headers.get('x-request-id'))
    expect(new Set(ids).size).toBe(2)
    expect(log.map(({ requestId }) => requestId)).toEqual(ids)
  })
})

interface Said {
  readonly request: Request
  readonly options: Partial<RelayOptions>
}

/** A run in which a text comes from one place. */
function sayingIn(
  where:
    | 'detail'
    | 'type'
    | 'error event'
    | 'agent'
    | 'origin'
    | 'run'
    | 'authorize'
    | 'beforeRun'
    | 'onThread',
  text: string,
): Said {
  const fails = (): never => {
    throw new Error(text)
  }
  const answer = inPieces([
    `event: run_start\ndata: {"thread_id":"thread_1"}\n\n`,
    where === 'error event'
      ? `event: error\ndata: ${JSON.stringify({ detail: text })}\n\n`
      : 'event: message_final\ndata: {"text":"Hello"}\n\n',
  ])
  const latin = Buffer.from(text).toString('hex').slice(0, 300)
  const refusal = (): Promise<Response> =>
    Promise.resolve(
      Response.json(
        { detail: text },
        { status: 422, headers: { 'x-request-id': `\u009b${latin}` } },
      ),
    )
  const page = (): Promise<Response> =>
    Promise.resolve(new Response('', { headers: { 'content-type': `text/\u009b${latin}` } }))
  return {
    request: call(
      start({
        ...(where === 'agent' && { agentId: `x${text}` }),
        ...(where === 'run' && { runId: `${text} ` }),
      }),
      where === 'origin' ? { origin: `\u009b${latin}` } : {},
    ),
    options: {
      fetch: where === 'detail' ? refusal : where === 'type' ? page : answer,
      ...(where === 'authorize' && { authorize: fails }),
      ...(where === 'beforeRun' && { beforeRun: fails }),
      ...(where === 'onThread' && { onThread: fails }),
    },
  }
}
