import { describe, expect, it } from 'vitest'
import {
  type EncodeShape,
  scripts,
  type ShapeName,
  shapes,
} from '../../packages/testing/src/index.ts'
import {
  agentId,
  apiKey,
  canaries,
  check,
  checkWithFixture,
  projectId,
  secretRun,
  serveStream,
  standIn,
} from './__fixtures__/run-check.ts'

describe('checkFluo', () => {
  describe.each(Object.keys(shapes) as ShapeName[])('with payloads of the shape %s', (shape) => {
    it('understands everything, and shows and keeps no value', async () => {
      const fluo = await standIn(shape, secretRun)
      const { code, output, fixture } = await checkWithFixture(fluo.url)
      expect(output).toContain('Everything was understood.')
      expect(code).toBe(0)
      for (const canary of [...canaries, ...fluo.threads.keys()]) {
        expect(output).not.toContain(canary)
        expect(fixture).not.toContain(canary)
      }
    })

    it('makes a fixture that is understood as the stream was', async () => {
      const { output, fixture } = await checkWithFixture((await standIn(shape, secretRun)).url)
      const again = await check(await serveStream(fixture))
      expect(again.code).toBe(0)
      const readings = (text: string): readonly string[] => text.match(/(?<=read as ).*/g) ?? []
      expect(readings(again.output)).toEqual(readings(output))
    })
  })

  it('sends the documented request, and the key as a header only', async () => {
    const fluo = await standIn('flat', scripts.greeting)
    await check(fluo.url)
    const [request] = fluo.requests
    expect(request?.path).toBe(`/api/v1/agents/${agentId}/stream/threads`)
    expect(request?.threadId).toBeNull()
    expect(request?.headers).toMatchObject({ 'x-api-key': apiKey, 'x-project-id': projectId })
    expect(Object.keys(request?.body as object)).toEqual(['query'])
    expect(fluo.requests).toHaveLength(1)
  })

  it('prints paths, types, line ends, comments and where the thread ID stands', async () => {
    const { output } = await check((await standIn('pydantic', secretRun)).url)
    expect(output).toMatch(/line ends +CRLF \d+$/m)
    expect(output).toMatch(/comments \(keep-alives\) +2$/m)
    expect(output).toMatch(/thread ID +found in run_start at data\.thread_id$/m)
    expect(output).toContain('data.delta.content_delta: string')
    expect(output).toContain('data.part.args: string (of JSON)')
    expect(output).toContain('read as tool_start { callId, name, input }')
    expect(output).toMatch(/message_final +came once; its text is the deltas joined$/m)
    expect(output).toMatch(/time to first event +\d+ ms$/m)
  })

  it('writes lists as [] and joins types', async () => {
    const { output } = await check((await standIn('openai', secretRun)).url)
    expect(output).toContain('data.choices[].delta.content: string')
    expect(output).toContain('data.choices[].finish_reason: null')
  })

  it('says what it did not understand of an odd stream, without a value', async () => {
    const odd: EncodeShape = (event, ids) => {
      const payload = {
        'k3y-8f2b': { [ids.threadId]: { whisper: 'text' in event ? event.text : 1 } },
      }
      return `event: acme.${event.type.replace('_', '.')}\ndata: ${JSON.stringify(payload)}\n\n`
    }
    const fluo = await standIn(odd, secretRun)
    const { code, output, fixture } = await checkWithFixture(fluo.url)
    expect(code).toBe(1)
    expect(output).toContain('An event "acme.message.delta" was not understood.')
    expect(output).toContain('No thread ID was found')
    expect(output).toContain('data.<key>.<key>.whisper: string')
    for (const canary of [...canaries, ...fluo.threads.keys()]) {
      expect(output).not.toContain(canary)
      expect(fixture).not.toContain(canary)
    }
    expect(fixture).not.toContain('k3y')
  })

  it.each([
    ['malformed JSON', 'event: message_delta\ndata: {"text": "walrus\n\n', 'holds malformed JSON'],
    ['a delta without text', 'event: message_delta\ndata: {"index": 1}\n\n', 'No text was found'],
    [
      'a tool without a name',
      'event: tool_start\ndata: {"call_id": "c-1"}\n\n',
      "No tool's name was found",
    ],
    ['an error event', 'event: error\ndata: {"detail": "walrus"}\n\n', "the kit's code: upstream"],
    [
      'no final',
      'event: message_delta\ndata: {"text": "walrus"}\n\n',
      "completion: 'end-of-stream'",
    ],
    ['a final without text', 'event: message_final\ndata: {}\n\n', 'ended without any text'],
    [
      'two threads',
      'data: {"type":"run_start","thread_id":"walrus-1"}\n\ndata: {"type":"run_start","thread_id":"walrus-2"}\n\n',
      'more than one thread ID',
    ],
    [
      'a cut event',
      'event: run_start\ndata: {"thread_id":"walrus-1"}\n\ndata: {"type"',
      'was cut off',
    ],
    ['an empty stream', ': hello\n\n', 'no event that means anything'],
    [
      'cumulative deltas',
      ['A', 'A b', 'A b c', 'A b c d', 'A b c d e']
        .map((text) => `event: message_delta\ndata: ${JSON.stringify({ text })}\n\n`)
        .join(''),
      "deltas: 'cumulative'",
    ],
  ])('exits 1 on %s', async (_name, body, sentence) => {
    const { code, output } = await check(await serveStream(body))
    expect(code).toBe(1)
    expect(output).toContain(sentence)
    expect(output).not.toContain('walrus')
  })

  it('takes an end of a tool that is matched by its ID alone', async () => {
    const events = [
      ['run_start', { thread_id: 'thread-1' }],
      ['tool_start', { call_id: 'c-1', name: 'lookup' }],
      ['tool_end', { call_id: 'c-1', output: 1 }],
      ['message_final', { text: 'Done.' }],
    ] as const
    const body = events
      .map(([name, data]) => `event: ${name}\r\ndata: ${JSON.stringify(data)}\r\n\r\n`)
      .join('')
    expect((await check(await serveStream(body))).code).toBe(0)
  })

  it.each([
    [
      'an event name',
      'event: run_start\ndata: {"thread_id":"walrus"}\n\nevent: a.walrus\ndata: {}\n\n',
    ],
    ['a type', 'data: {"type":"run_start","thread_id":"walrus"}\n\ndata: {"type":"walrus"}\n\n'],
    [
      'a key',
      'event: message_delta\ndata: {"text":"walrus","people":{"walrus":{"walrus":[]}}}\n\n',
    ],
    ['a number', 'data: {"type":"run_start","thread_id":8151623,"text":"8151623"}\n\n'],
    ['a block', 'event: message_final\ndata: [{"type":"walrusx","text":"walrus"}]\n\n'],
    [
      'JSON in a string',
      'event: tool_end\ndata: {"name":"a","output":"{\\"walrus\\":1,\\"kind\\":\\"walrus\\"}"}\n\n',
    ],
    [
      'an ID, a comment and a field',
      'id: walrus\nwalrus: walrus\nretry: walrus\n: walrus\ndata: walrus\n\n',
    ],
    [
      'great depth',
      `event: message_delta\ndata: ${'{"a":'.repeat(5000)}"walrus"${'}'.repeat(5000)}\n\n`,
    ],
  ])('shows and keeps no value that stands in %s', async (_place, body) => {
    const { output, fixture } = await checkWithFixture(await serveStream(body))
    for (const canary of canaries) {
      expect(output).not.toContain(canary)
      expect(fixture).not.toContain(canary)
    }
  })
})
