import { describe, expect, it, onTestFinished } from 'vitest'
import { ask, bytes, half, outcomeOf, script, threadAt } from './__fixtures__/ask-through.ts'
import { start } from './__fixtures__/call-stand-in.ts'
import type { Breakage, FaultProxy } from './fault-proxy.ts'
import { startFaultProxy } from './start-fault-proxy.ts'

const question = 'What do you say?'
const head = { end: 'failed', error: { code: 'network' }, text: '', question }
const cut = { end: 'interrupted', error: { code: 'network' }, text: 'Hello, ', question }
const whole = { end: 'done', error: null, text: 'Hello, world.', question, threadRef: 't1' }

async function proxy(how: Breakage): Promise<FaultProxy> {
  const standIn = await start({ scripts: [script] })
  const started = await startFaultProxy({ target: standIn.url, ...how })
  onTestFinished(() => started.close())
  return started
}

describe('startFaultProxy', () => {
  it.each<[string, Breakage]>([
    ['whole', { fault: 'none', at: 0 }],
    ['with its length told beforehand', { fault: 'none', at: 0, framing: 'content-length' }],
    ['ended by its connection', { fault: 'none', at: 0, framing: 'close' }],
    ['after a pause', { fault: 'split', at: half, pauseMs: 1 }],
    ['after a pause in the head', { fault: 'split', at: { head: 20 }, pauseMs: 1 }],
    ['a byte a write', { fault: 'drip', at: half }],
    ['a byte a chunk', { fault: 'rechunk', at: half }],
    ['followed by another head', { fault: 'repeat', at: half }],
  ])('passes an answer on %s', async (_, how) => {
    const { url } = await proxy(how)

    expect(await ask(threadAt(url))).toMatchObject(whole)
  })

  it('counts requests and connections, and takes another fault for the next answer', async () => {
    const started = await proxy({ fault: 'close', at: 0 })
    const thread = threadAt(started.url)

    await thread.send(question)
    started.set({ fault: 'none', at: 0 })
    await thread.retry()
    await started.idle()

    expect(outcomeOf(thread)).toMatchObject({ ...whole, runs: 2 })
    expect(started).toMatchObject({ requests: 2, openConnections: 0 })
  })

  it('passes on what is no event stream as it is', async () => {
    const { url } = await proxy({ fault: 'reset', at: 0 })

    const answer = await fetch(url)

    expect(answer.status).toBe(404)
    expect(await answer.json()).toHaveProperty('detail')
  })

  it('strikes only after the bytes before it are on the wire, and waits for onStrike', async () => {
    const thread: { current: ReturnType<typeof threadAt> | null } = { current: null }
    let seen = ''
    const { url } = await proxy({
      fault: 'reset',
      at: bytes.length,
      async onStrike() {
        for (let turn = 0; turn < 100 && seen === ''; turn += 1) {
          await new Promise((resolve) => setTimeout(resolve, 5))
          if (thread.current !== null) seen = outcomeOf(thread.current).text
        }
      },
    })
    thread.current = threadAt(url)

    await ask(thread.current)

    expect(seen).toBe('Hello, world.')
  })
})

describe('a thread, when the connection goes wrong', () => {
  it.each<[string, Breakage]>([
    ['reset', { fault: 'reset', at: { head: 0 } }],
    ['closed', { fault: 'close', at: { head: 0 } }],
    ['reset in the head', { fault: 'reset', at: { head: 30 } }],
  ])('fails and keeps the question when it is %s before an answer (F01)', async (_, how) => {
    const started = await proxy(how)

    expect(await ask(threadAt(started.url))).toMatchObject(head)
    expect(started.requests).toBe(1)
  })

  it('fails and keeps the question when nobody listens (F01)', async () => {
    const started = await proxy({ fault: 'none', at: 0 })
    await started.close()

    expect(await ask(threadAt(started.url))).toMatchObject(head)
  })

  it.each<[string, Breakage]>([
    ['a reset', { fault: 'reset', at: half + 5 }],
    ['a reset, with the length known', { fault: 'reset', at: half + 5, framing: 'content-length' }],
    ['a close, with the length known', { fault: 'close', at: half + 5, framing: 'content-length' }],
  ])('keeps text and thread, asks once, and can be asked again after %s (F02)', async (_, how) => {
    const started = await proxy(how)
    const thread = threadAt(started.url)

    expect(await ask(thread)).toMatchObject({ ...cut, threadRef: 't1' })
    expect(started.requests).toBe(1)
    started.set({ fault: 'none', at: 0 })
    await thread.retry({ inNewThread: true }) // the stand-in knows no thread of a recording

    expect(outcomeOf(thread)).toMatchObject({ ...whole, runs: 2 })
  })

  it.each(['close', 'half-close', 'reset'] as const)(
    'never takes a cut answer for a whole one where the end of the connection is its end: %s (F03)',
    async (fault) => {
      const started = await proxy({ fault, at: half + 5, framing: 'close' })

      expect(await ask(threadAt(started.url))).toMatchObject(cut)
      started.set({ fault, at: bytes.length, framing: 'close' })
      expect(await ask(threadAt(started.url))).toMatchObject(whole)
    },
  )

  it.each(['close', 'half-close', 'cut-chunk', 'bad-chunk'] as const)(
    'is interrupted when a chunked body is cut, even after the final: %s (F04)',
    async (fault) => {
      const started = await proxy({ fault, at: half + 5 })

      expect(await ask(threadAt(started.url))).toMatchObject(cut)
      started.set({ fault, at: bytes.length })
      expect(await ask(threadAt(started.url))).toMatchObject({
        ...whole,
        end: 'interrupted',
        error: { code: 'network' },
      })
    },
  )

  it('is interrupted, not stopped, when a connection is given up that nobody left (F47)', async () => {
    const { url } = await proxy({ fault: 'reset', at: half + 5 })
    const giveUp = new AbortController()
    const thread = threadAt(url, {
      fetch: (input, init) => fetch(input, { ...init, signal: giveUp.signal }),
    })
    const unsubscribe = thread.store.subscribe(() => {
      if (outcomeOf(thread).text !== '') giveUp.abort() // as a browser does that froze the tab
    })

    expect(await ask(thread)).toMatchObject(cut)
    unsubscribe()
  })
})
