import type { ServerResponse } from 'node:http'
import { describe, expect, it } from 'vitest'
import { fakeUpstream, refuse, stream } from './__fixtures__/fake-upstream.ts'
import {
  apiKey,
  call,
  eventsOf,
  handleOf,
  projectId,
  rawThread,
  start,
  testRelay,
} from './__fixtures__/test-relay.ts'

const canaries = [apiKey, projectId, rawThread]
const query = 'A question with canary-query-31415 in it'
const echo = `key ${apiKey} project ${projectId} thread ${rawThread} asked ${query}`
const json = JSON.stringify
const runStart = `event: run_start\ndata: ${json({ thread: { id: rawThread }, run_id: 'run_1' })}`
const escapedThread = rawThread
  .split('')
  .map((c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
  .join('')

/** Whole answers of Fluo, each with what must not be seen in as many places as its kind has. */
const answers: Record<string, (response: ServerResponse) => void> = {
  success: stream(
    runStart,
    `event: message_delta\ndata: ${json({ delta: `I see ${rawThread} and ${apiKey}`, message_id: rawThread, thread_id: rawThread })}`,
    `event: thinking_part\ndata: ${json({ thinking: echo })}`,
    `event: message_final\ndata: ${json({ message: { content: echo, id: rawThread }, threadId: rawThread })}`,
  ),
  'plain text': stream(runStart, `event: message_delta\ndata: plain ${echo}`),
  'tool events': stream(
    runStart,
    `event: tool_start\ndata: ${json({ tool_call_id: `call-${rawThread}`, tool_name: `tool ${rawThread}`, args: { thread_id: rawThread, deep: [{ a: { [rawThread]: echo } }], text: json({ thread_id: rawThread }) } })}`,
    `event: tool_end\ndata: ${json({ id: rawThread, output: { headers: { 'x-api-key': apiKey, 'x-project-id': projectId }, url: `https://a.example/${rawThread}?thread_id=${rawThread}` } })}`,
    `event: tool_end\ndata: ${json({ id: 'b', error: echo, result: echo })}`,
  ),
  'unknown events': stream(
    runStart,
    `event: usage\ndata: ${json({ conversation: rawThread, nested: { list: [echo] }, project: projectId })}`,
    `event: usage\ndata: {"conversation":"${escapedThread}","a":"${escapedThread}"}`,
    `event: usage\ndata: {"conversation":"${escapedThread}","conversation":"b"}`,
    `event: usage\ndata: {"broken":"${rawThread}"`,
    `event: ${rawThread}\ndata: [1, "${rawThread}"]`,
  ),
  'thread IDs before the run has shown one': stream(
    `event: usage\ndata: ${json({ info: 1, thread_id: rawThread })}`,
    `event: notice\ndata: see {"thread_id": "${rawThread}"} at ?thread_id=${rawThread}`,
    `event: tool_end\ndata: ${json({ id: 'c', result: { inner: { thread: { id: rawThread }, threadId: rawThread } } })}`,
    runStart,
  ),
  'an error event': stream(
    runStart,
    `event: error\ndata: ${json({ status: 401, detail: echo, type: rawThread, thread_id: rawThread })}`,
  ),
  'a redirect': (response) =>
    void response.writeHead(307, { location: `http://127.0.0.1:1/${apiKey}` }).end(echo),
  'a page': (response) =>
    void response.writeHead(200, { 'content-type': `text/${rawThread}` }).end(echo),
  'a cut answer': (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write(`${runStart}\n\nevent: message_delta\ndata: ${json({ delta: echo })}\n\n`)
    setTimeout(() => response.destroy(), 10)
  },
  ...Object.fromEntries(
    [400, 401, 403, 404, 409, 413, 422, 429, 500, 502, 503].map((status) => [
      `a refusal with ${status}`,
      refuse(
        status,
        { detail: [{ loc: ['body', rawThread], msg: echo }], type: echo },
        {
          'x-request-id': `request-${rawThread}-${apiKey}`,
          'retry-after': '1',
          'x-thread': rawThread,
        },
      ),
    ]),
  ),
}

async function bytesOf(response: Response): Promise<string> {
  const decoder = new TextDecoder()
  let text = json([response.status, response.statusText, ...response.headers])
  try {
    for await (const bytes of response.body ?? []) text += decoder.decode(bytes, { stream: true })
  } catch (thrown) {
    text += String(thrown)
  }
  return text
}

/** An answer without what its agent says to a person. */
function withoutProse(text: string): string {
  return text
    .split('\n')
    .map((line) => (isProse(line) ? line.replace(/"text":"(\\.|[^"\\])*"/, '"text":""') : line))
    .join('\n')
}

function isProse(line: string): boolean {
  return /^data: \{"type":"(message_delta|message_final|thinking_part)"/.test(line)
}

/** What a reader gets who undoes the escapes of JSON, however deep they are. */
function unescaped(text: string): string {
  return text.replace(/\\+u([\da-f]{4})/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  )
}

describe('the relay', () => {
  it.each(Object.entries(answers))(
    'lets no key out with %s, and neither project nor raw thread ID in anything but prose (T02) (T08) (T09)',
    async (name, answer) => {
      let isKnown = false
      const upstream = await fakeUpstream((response) =>
        (isKnown ? answer : stream(runStart))(response),
      )
      const { relay, log } = testRelay(upstream.url)
      const threadRef = handleOf(await (await relay(call(start()))).text())
      isKnown = true

      const fresh = await bytesOf(await relay(call(start({ input: { query } }))))
      const continued = await bytesOf(
        await relay(call(start({ runId: 'run-2', threadRef, input: { query } }))),
      )

      // The ID of a thread that is new is not known before its run has shown it: a refusal shows none.
      const isKnownToLog = !/^a (refusal|page)/.test(name)
      const ofContinued = log.filter(({ runId }) => runId === 'run-2')
      const forbidden = [...canaries, 'canary-query-31415', threadRef, '"ann"']
      const found = (text: string): readonly string[] =>
        forbidden.filter((canary) => text.includes(canary))
      const answers = fresh + continued
      const structured = withoutProse(answers)
      const seen = structured + unescaped(structured)
      expect(canaries.filter((canary) => seen.includes(canary))).toEqual([])
      expect(answers + unescaped(answers)).not.toContain(apiKey)
      expect(found(json(isKnownToLog ? log : ofContinued))).toEqual([])
      expect(found(json(log)).filter((canary) => canary !== rawThread)).toEqual([])
      // A handle stands where a program looks for it, and nowhere that a person could see it.
      expect(continued.replaceAll(`"threadRef":"${threadRef}"`, '')).not.toContain(threadRef)
      expect(continued).not.toMatch(/"(detail|type)":"(key|no)/)
    },
  )

  it('hands on what an agent says to a person word for word, but for the key', async () => {
    const upstream = await fakeUpstream((response) => answers['success']?.(response))
    const { relay } = testRelay(upstream.url)

    const events = eventsOf(await bytesOf(await relay(call(start()))))

    const said = echo.replace(apiKey, '[hidden]')
    expect(events.flatMap((event) => ('text' in event ? [event.text] : []))).toEqual([
      `I see ${rawThread} and [hidden]`,
      said,
      said,
    ])
  })

  it('hides them at every cut of the bytes (T08)', async () => {
    const upstream = await fakeUpstream((response) => answers['tool events']?.(response))
    let bytes = new Uint8Array()
    const byteByByte: typeof fetch = async (...request) => {
      const response = await fetch(...request)
      bytes = new Uint8Array(await response.arrayBuffer())
      const cut = new ReadableStream<Uint8Array>({
        start(controller) {
          for (const byte of bytes) controller.enqueue(Uint8Array.of(byte))
          controller.close()
        },
      })
      return new Response(cut, { headers: { 'content-type': 'text/event-stream' } })
    }
    const { relay } = testRelay(upstream.url, { fetch: byteByByte })

    const text = await bytesOf(await relay(call(start())))

    expect(bytes.length).toBeGreaterThan(500)
    expect(eventsOf(text)).toHaveLength(4)
    for (const canary of canaries) expect(text).not.toContain(canary)
  })
})
