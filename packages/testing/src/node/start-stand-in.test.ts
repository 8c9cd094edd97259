import { describe, expect, it } from 'vitest'
import { defineScript, type Step } from '../script.ts'
import { scripts } from '../scripts.ts'
import { path, post, readRun, start } from './__fixtures__/call-stand-in.ts'

const final: Step = { event: { type: 'message_final', text: 'Hello.' } }

describe('startStandIn', () => {
  it('streams a script on loopback and says that it is a stand-in', async () => {
    const standIn = await start()

    const response = await post(standIn)

    expect(standIn.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    expect(response.status).toBe(200)
    expect(response.headers.get('server')).toBe('fluokit-stand-in')
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    const [threadId] = standIn.threads.keys()
    expect(threadId).toMatch(/^thread_[0-9a-f]{32}$/)
    expect(await response.text()).toContain(
      `event: message_delta\ndata: {"delta":"Hello.","thread_id":"${threadId}"}\n\n`,
    )
  })

  it('records calls with their exact body', async () => {
    const standIn = await start()
    const next = standIn.nextRequest()
    const body = {
      query: 'Compare',
      documents: ['https://example.com/a.pdf'],
      metadata: { source: 'test' },
    }

    await (await post(standIn, { body })).text()

    const [request] = standIn.requests
    expect(await next).toBe(request)
    expect(request).toMatchObject({ method: 'POST', path, threadId: null, body, status: 200 })
    expect(request?.headers).toMatchObject({ 'x-api-key': 'stand-in-key' })
    expect(await request?.closed).toBe(request?.closedAt)
    expect(request?.closedBy).toBe('server')
  })

  it.each([
    ['no key', { 'x-api-key': '' }],
    ['a wrong key', { 'x-api-key': 'guess' }],
    ['a wrong project', { 'x-project-id': 'guess' }],
  ])('refuses %s with 401', async (_name, headers) => {
    const response = await post(await start(), { headers })

    expect(response.status).toBe(401)
    expect(await response.json()).toEqual({ detail: 'Invalid or missing credentials' })
  })

  it.each([
    ['an unknown agent', '/api/v1/agents/agent_other/stream/threads', 'Agent not found'],
    ['an unknown thread', `${path}?thread_id=thread_1`, 'Thread not found'],
    ['an empty thread', `${path}?thread_id=`, 'Thread not found'],
    ['another path', '/api/v1/agents', 'Not Found'],
  ])('answers %s with 404', async (_name, at, detail) => {
    const response = await post(await start(), { path: at })

    expect(response.status).toBe(404)
    expect(await response.json()).toEqual({ detail })
  })

  it('answers the thread of another agent with 404', async () => {
    const standIn = await start({ agents: ['agent_demo', 'agent_two'] })
    await (await post(standIn)).text()
    const [threadId] = standIn.threads.keys()

    const other = `/api/v1/agents/agent_two/stream/threads?thread_id=${threadId}`

    expect((await post(standIn, { path: other })).status).toBe(404)
  })

  it('answers another method with 405', async () => {
    const response = await fetch((await start()).url + path)

    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe('POST')
  })

  it.each([
    [{}, ['body', 'query']],
    [{ query: '' }, ['body', 'query']],
    [{ query: '', documents: [] }, ['body', 'query']],
    [{ query: 1 }, ['body', 'query']],
    [{ query: 'a', documents: 'b' }, ['body', 'documents']],
    [{ query: 'a', images: [1] }, ['body', 'images']],
    [{ query: 'a', contexts: {} }, ['body', 'contexts']],
    [{ query: 'a', metadata: [] }, ['body', 'metadata']],
    [['query'], ['body']],
  ])('refuses the body %j with 422', async (body, loc) => {
    const response = await post(await start(), { body })

    expect(response.status).toBe(422)
    expect(await response.json()).toMatchObject({ detail: [{ loc }], type: 'ValidationError' })
  })

  it('takes a file for a question', async () => {
    const documents = ['https://files.example/a.pdf']

    const response = await post(await start(), { body: { query: '', documents } })

    expect(response.status).toBe(200)
  })

  it('refuses a call with a status step', async () => {
    const standIn = await start({ scripts: [scripts.rateLimited] })

    const response = await post(standIn)

    expect(response.status).toBe(429)
    expect(response.headers.get('retry-after')).toBe('2')
    expect(await response.json()).toEqual({ detail: 'Rate limit exceeded' })
    expect(standIn.threads.size).toBe(0)
  })

  it('shows who follows a redirect', async () => {
    const response = await post(await start({ scripts: [defineScript('302', [{ status: 302 }])] }))

    expect(response.status).toBe(302)
    expect(response.headers.get('location')).toBe('/moved')
  })

  it('plays the next scripts, the last one again and again, and then the agent', async () => {
    const standIn = await start({ scripts: [], agent: () => [final] })
    const statuses = async (): Promise<number> => {
      const response = await post(standIn)
      await response.text()
      return response.status
    }

    standIn.play([scripts.unauthorized, scripts.serverError])
    expect([await statuses(), await statuses(), await statuses()]).toEqual([401, 500, 500])

    standIn.play([])
    expect(await statuses()).toBe(200)
  })

  it('changes the shape of its payloads', async () => {
    const standIn = await start()

    standIn.setShape('openai')

    expect(await (await post(standIn)).text()).toContain('"choices":[{"index":0,"delta":')
  })

  it.each(['flat', 'typed', 'nested', 'plain', 'pydantic', 'openai'] as const)(
    'is understood in %s',
    async (shape) => {
      const events = await readRun(
        await start({ scripts: [scripts.thinkingAndTool], shape, cut: 7 }),
      )

      const text = (type: string): string =>
        events.map((event) => (event.type === type && 'text' in event ? event.text : '')).join('')
      expect(text('thinking_part')).toBe('The question needs a product. I will use the calculator.')
      expect(text('message_delta')).toBe('17 times 23 is 391.')
      expect(text('message_final')).toBe('17 times 23 is 391.')
      expect(events).toContainEqual({
        type: 'tool_start',
        callId: 'call_1',
        name: 'calculator',
        input: { expression: '17 * 23' },
      })
      expect(events).toContainEqual({
        type: 'tool_end',
        callId: 'call_1',
        name: 'calculator',
        output: { value: 391 },
      })
    },
  )

  it.each(['event', 'byte', 3] as const)('sends the same bytes cut by %s', async (cut) => {
    const bytes = defineScript('bytes', [{ bytes: 'data: {"text":"Grüße 👋"}\r\n\r\n' }])

    const response = await post(await start({ scripts: [bytes], cut }))

    expect(await response.text()).toBe('data: {"text":"Grüße 👋"}\r\n\r\n')
  })

  it('answers a stateless run with the text alone', async () => {
    const standIn = await start()

    const response = await post(standIn, { path: '/api/v1/agents/agent_demo/run' })

    expect(await response.text()).toBe('Hello.')
    expect(standIn.threads.size).toBe(0)
  })

  it('rejects when the port is taken', async () => {
    const { url } = await start()

    await expect(start({ port: Number(new URL(url).port) })).rejects.toThrow('EADDRINUSE')
  })
})
