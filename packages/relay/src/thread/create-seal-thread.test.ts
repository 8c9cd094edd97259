import { describe, expect, it } from 'vitest'
import { fakeUpstream, stream } from '../__fixtures__/fake-upstream.ts'
import { call, handleOf, rawThread, start, testRelay } from '../__fixtures__/test-relay.ts'

const hello = stream(
  `event: run_start\ndata: {"thread_id":"${rawThread}"}`,
  'event: message_final\ndata: {"text":"Hello"}',
)

describe('createSealThread', () => {
  it('seals a thread that the application knows, so that its user continues it, and nobody else (T05)', async () => {
    const upstream = await fakeUpstream(hello)
    const { relay } = testRelay(upstream.url)

    const threadRef = await relay.sealThread('ann', 'helper', rawThread)
    const byAnn = await relay(call(start({ threadRef })))
    const byBob = await relay(call(start({ threadRef }), { 'x-user': 'bob' }))

    expect(threadRef).not.toContain(rawThread)
    expect(handleOf(await byAnn.text())).toBe(threadRef)
    expect(byBob.status).toBe(404)
    expect(upstream.requests.map(({ url }) => url)).toEqual([
      `/api/v1/agents/helper/stream/threads?thread_id=${rawThread}`,
    ])
  })

  it.each<[string, readonly unknown[], RegExp]>([
    ['an agent that is not listed', ['ann', 'agent-canary', rawThread], /agents/],
    ['no user', ['', 'helper', rawThread], /userId/],
    ['a user that is no text', [undefined, 'helper', rawThread], /userId/],
    ['no thread', ['ann', 'helper', ''], /threadId/],
    ['a thread that is no text', ['ann', 'helper', 7], /threadId/],
    ['a thread that is too long', ['ann', 'helper', 'canary'.repeat(200)], /threadId/],
    ['half a pair of surrogates', ['ann', 'helper', 'canary\ud800'], /threadId/],
  ])('refuses %s, in one sentence without values', async (_, names, sentence) => {
    const { relay } = testRelay('http://127.0.0.1:1')

    const sealed = relay.sealThread(...(names as [string, string, string]))

    const { message } = await sealed.then(
      () => new Error('It was sealed.'),
      (thrown: unknown) => thrown as Error,
    )
    expect(message).toMatch(sentence)
    expect(message).toMatch(/^sealThread: [^.]+\.$/)
    expect(message).not.toContain('canary')
  })
})
