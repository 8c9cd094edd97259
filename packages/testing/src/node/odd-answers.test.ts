import { setTimeout } from 'node:timers/promises'
import { createGzip } from 'node:zlib'
import { createFluoClient, memoryStorage, relayTransport } from '@fluokit/core'
import { describe, expect, it } from 'vitest'
import { ask, bytes, outcomeOf, serve, threadAt } from './__fixtures__/ask-through.ts'

const question = 'What do you say?'
const stream = { 'content-type': 'text/event-stream' }

describe('a thread, when the answer is no stream', () => {
  it.each<[string, number, Record<string, string>, string, string]>([
    ['a page (F13)', 200, { 'content-type': 'text/html' }, '<h1>Sign in</h1>', 'not-a-stream'],
    ['JSON (F14)', 200, { 'content-type': 'application/json' }, '{"detail":"No"}', 'not-a-stream'],
    ['a 204 (F15)', 204, {}, '', 'empty'],
    ['a stream of no bytes (F15)', 200, { ...stream, 'content-length': '0' }, '', 'empty'],
    ['a redirect (F16)', 307, { location: '/elsewhere' }, '', 'upstream'],
    ['a 422 (F17)', 422, { 'content-type': 'application/json' }, '{"detail":[]}', 'invalid'],
  ])('fails and keeps the question for %s', async (_, status, headers, body, code) => {
    const server = await serve((request, response) => response.writeHead(status, headers).end(body))

    expect(await ask(threadAt(server.url))).toMatchObject({
      end: 'failed',
      error: { code },
      question,
      text: '',
    })
    expect(server.requests).toBe(1)
  })

  it.each([500, 502, 503, 504])(
    'asks once, and again only when a person does, after a %i (F20)',
    async (status) => {
      const server = await serve((_, response) => response.writeHead(status).end('<h1>Oh</h1>'))
      const thread = threadAt(server.url)

      expect(await ask(thread)).toMatchObject({
        end: 'failed',
        error: { code: 'upstream', status },
      })
      await setTimeout(20)
      expect(server.requests).toBe(1)
      await thread.retry()

      expect(server.requests).toBe(2)
      expect(outcomeOf(thread)).toMatchObject({ runs: 2, question })
    },
  )

  it('offers the same turn in a new thread, and only then, when its thread is gone (F68)', async () => {
    const paths: string[] = []
    const server = await serve((request, response) => {
      paths.push(request.url ?? '')
      const isGone = request.url?.includes('thread_id=t1') === true && paths.length > 1
      if (isGone) response.writeHead(404).end('{"detail":"Thread not found"}')
      else response.writeHead(200, stream).end(bytes.replace('"t1"', `"t${paths.length}"`))
    })
    const thread = threadAt(server.url)
    await thread.send('One')

    expect(await ask(thread)).toMatchObject({ error: { code: 'thread-gone' }, question })
    expect(thread.store.getState().turns).toHaveLength(2)
    expect(paths).toHaveLength(2)
    await thread.retry({ inNewThread: true })

    expect(outcomeOf(thread)).toMatchObject({ end: 'done', threadRef: 't3', runs: 2 })
    expect(paths.map((path) => path.includes('thread_id'))).toEqual([false, true, false])
  })

  it('asks a second time after a 401 with fresh credentials, and keeps the question without (F67)', async () => {
    let isFresh = false
    const server = await serve((request, response) => {
      const isKnown = request.headers['authorization'] === 'fresh'
      if (!isKnown) response.writeHead(401).end()
      else response.writeHead(200, stream).end('data: {"type":"message_final","text":"Hi"}\n\n')
    })
    const client = createFluoClient({
      transport: relayTransport({
        url: server.url,
        headers: () => ({ authorization: isFresh ? 'fresh' : 'stale' }),
        onUnauthorized: async () => isFresh,
      }),
      userScope: null,
      storage: memoryStorage(),
    })
    const thread = client.thread({ agentId: 'a' })

    expect(await ask(thread)).toMatchObject({ error: { code: 'unauthorized' }, question })
    isFresh = true
    await thread.retry()

    expect(outcomeOf(thread)).toMatchObject({ end: 'done', text: 'Hi' })
    client.dispose()
  })
})

describe('a thread, when the stream is odd', () => {
  it('shows an answer whole that a proxy brings in one burst (F09)', async () => {
    const server = await serve(async (_, response) => {
      await setTimeout(5)
      response.writeHead(200, stream).end(bytes)
    })

    expect(await ask(threadAt(server.url))).toMatchObject({ end: 'done', text: 'Hello, world.' })
  })

  it('reads a stream that was compressed on its way (F10)', async () => {
    const server = await serve((_, response) => {
      const gzip = createGzip()
      response.writeHead(200, { ...stream, 'content-encoding': 'gzip' })
      gzip.pipe(response)
      gzip.end(bytes)
    })

    expect(await ask(threadAt(server.url))).toMatchObject({ end: 'done', text: 'Hello, world.' })
  })

  it('applies the rest when one frame is no JSON (F24)', async () => {
    const broken = bytes.replace('{"delta":"world."}', '{"delta":"wor')
    const server = await serve((_, response) => response.writeHead(200, stream).end(broken))

    expect(await ask(threadAt(server.url))).toMatchObject({ end: 'done', text: 'Hello, world.' })
  })

  it('has no reference when no frame names the thread, and asks without one again (F38)', async () => {
    const paths: string[] = []
    const server = await serve((request, response) => {
      paths.push(request.url ?? '')
      response.writeHead(200, stream).end(bytes.replace('{"thread_id":"t1"}', '{}'))
    })
    const thread = threadAt(server.url)

    expect(await ask(thread)).toMatchObject({ end: 'done', threadRef: null })
    expect(await ask(thread)).toMatchObject({ end: 'done', threadRef: null })
    expect(paths.some((path) => path.includes('thread_id'))).toBe(false)
  })

  it('refuses an event of 10 MB, keeps what came before, and closes the connection (F28)', async () => {
    let wasClosed = false
    const server = await serve((_, response) => {
      response.once('close', () => (wasClosed = !response.writableFinished))
      response.writeHead(200, stream)
      response.write(`${bytes.split('event: message_final')[0]}data: `)
      const piece = 'x'.repeat(64 * 1024)
      const more = (): void => {
        if (!response.destroyed) response.write(piece, more)
      }
      more()
    })

    expect(await ask(threadAt(server.url))).toMatchObject({
      end: 'interrupted',
      error: { code: 'too-large' },
      text: 'Hello, world.',
      threadRef: 't1',
    })
    await setTimeout(20)
    expect(wasClosed).toBe(true)
  })
})
