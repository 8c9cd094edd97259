import type { ServerResponse } from 'node:http'
import { describe, expect, it, vi } from 'vitest'
import { refuse, stream } from '../__fixtures__/fake-upstream.ts'
import { tamper } from '../__fixtures__/tamper.ts'
import {
  call,
  endMark,
  errorOf,
  eventsOf,
  rawThread,
  refusedFrame,
  start,
  testRelay,
} from '../__fixtures__/test-relay.ts'
import { blobPathOf, signature, uploadFluo } from '../__fixtures__/upload-fluo.ts'
import { fileOf, issue } from '../__fixtures__/uploads.ts'
import type { RelayOptions } from '../options/relay-options.ts'

const viewOf = (count: number): string =>
  `https://storage.example/view/${blobPathOf(count)}?${signature}`
const isView = (path: string): boolean => path.endsWith('/view-url')
const isRun = ({ url }: { readonly url: string }): boolean => url.endsWith('/stream/threads')

async function setup(
  fluo: Parameters<typeof uploadFluo>[0] = {},
  options: Partial<RelayOptions> = {},
) {
  const upstream = await uploadFluo(fluo)
  const runs = (): readonly unknown[] =>
    upstream.requests.filter(isRun).map(({ body }) => JSON.parse(body) as unknown)
  return { upstream, runs, ...testRelay(upstream.url, { uploads: {}, ...options }) }
}

describe('resolveFiles', () => {
  it('puts a fresh URL in the place of each file, beside plain ones, and asks once for each (T10)', async () => {
    const { upstream, runs, relay } = await setup({}, { fileHosts: ['files.example'] })
    const [one, two, three] = [await issue(relay), await issue(relay), await issue(relay)]
    const input = {
      query: 'Can you compare the two uploaded policies?',
      documents: ['https://files.example/a.pdf', fileOf(two.ref), fileOf(one.ref)],
      images: [fileOf(three.ref, { mediaType: 'image/png' }), fileOf(one.ref)],
      audios: [],
    }

    const response = await relay(call(start({ input })))

    expect(response.status).toBe(200)
    expect(runs()).toEqual([
      {
        ...input,
        documents: ['https://files.example/a.pdf', viewOf(2), viewOf(1)],
        images: [viewOf(3), viewOf(1)],
      },
    ])
    expect(upstream.requests.filter(({ url }) => url.includes('view-url'))).toHaveLength(3)
  })

  it("takes a user's file with every agent of the relay, and shows the application its ref", async () => {
    const beforeRun = vi.fn<NonNullable<RelayOptions['beforeRun']>>()
    const { relay } = await setup({}, { beforeRun })
    const documents = [fileOf((await issue(relay)).ref)]

    for (const agentId of ['helper', 'other']) {
      const run = { runId: agentId, agentId, input: { query: 'a', documents } }
      expect((await relay(call(start(run)))).status).toBe(200)
    }

    expect(beforeRun.mock.calls.map(([{ input }]) => input.documents)).toEqual([
      documents,
      documents,
    ])
  })

  it('follows the run there is when the same turn is sent again, and asks Fluo nothing more', async () => {
    const { upstream, relay } = await setup()
    const { ref } = await issue(relay)
    const again = (name: string): Promise<Response> =>
      relay(call(start({ input: { query: 'a', documents: [fileOf(ref, { name })] } })))

    const first = await (await again('policy.pdf')).text()
    const second = await (await again('policy.pdf')).text()
    const other = await again('other.pdf')

    expect(second).toBe(first)
    expect(other.status).toBe(409)
    expect(upstream.requests.filter(isRun)).toHaveLength(1)
    expect(upstream.requests).toHaveLength(3)
  })

  it("lets each user send their own files only, and any other's like one that is gone (T10) (T35)", async () => {
    const { runs, relay } = await setup()
    const users = ['ann', 'bob']
    const refs: string[] = []
    for (const user of users) refs.push((await issue(relay, {}, { 'x-user': user })).ref)

    const statuses: number[] = []
    for (const user of users) {
      for (const [index, ref] of refs.entries()) {
        const input = { query: 'a', documents: [fileOf(ref)] }
        const body = start({ runId: `run-${index}`, input })
        statuses.push((await relay(call(body, { 'x-user': user }))).status)
      }
    }

    expect(statuses).toEqual([200, 404, 404, 200])
    expect(runs()).toHaveLength(2)
  })

  it('takes no ref that it has not issued: a URL, a path, another project, a thread, a changed bit (T10) (T35)', async () => {
    const { upstream, runs, relay, log } = await setup({}, { fileHosts: ['files.example'] })
    const elsewhere = testRelay(upstream.url, { uploads: {}, projectId: 'another-project' })
    const { ref } = await issue(relay)
    const others = [
      'https://files.example/a.pdf',
      'http://169.254.169.254/latest/meta-data/',
      blobPathOf(1),
      (await issue(elsewhere.relay)).ref,
      await relay.sealThread('ann', 'helper', rawThread),
      tamper(ref, () => 0),
      tamper(ref, (below) => below - 1),
      '',
    ]
    const asked = upstream.requests.length

    for (const list of ['documents', 'images', 'audios']) {
      for (const other of others) {
        const input = { query: 'a', [list]: [fileOf(ref), fileOf(other)] }
        const response = await relay(call(start({ input })))
        expect(await errorOf(response)).toEqual({ code: 'file-gone', status: 404 })
      }
    }

    expect(upstream.requests).toHaveLength(asked)
    expect(runs()).toEqual([])
    expect(log.at(-1)).toMatchObject({
      event: 'refused',
      detail: 'The ref of a file is not one of this user and project.',
    })
  })

  it.each<[string, (response: ServerResponse) => void, number, string]>([
    ['knows no longer', refuse(404, { detail: 'gone' }), 404, 'file-gone'],
    ['shows too often', refuse(429, {}, { 'retry-after': '1' }), 429, 'rate-limited'],
    ['fails at', refuse(500, {}), 200, 'upstream'],
    ['has on plain http', refuse(200, { viewUrl: 'http://storage.example/a' }), 200, 'upstream'],
    ['has inside', refuse(200, { viewUrl: 'file:///etc/passwd' }), 200, 'upstream'],
    ['has nowhere', refuse(200, {}), 200, 'upstream'],
  ])(
    'runs nothing with a file that Fluo %s, and gives the ID of the run free (T10)',
    async (_, answer, status, code) => {
      let isBad = true
      const over = (path: string): typeof answer | null => (isBad && isView(path) ? answer : null)
      const { runs, relay } = await setup({ over })
      const input = { query: 'a', documents: [fileOf((await issue(relay)).ref)] }

      const response = await relay(call(start({ input })))
      const follower = await relay(call({ op: 'resume', runId: 'run-1', agentId: 'helper' }))

      expect(response.status).toBe(status)
      const told = status === 200 ? refusedFrame(response, code) : `"code":"${code}"`
      expect(await response.text()).toContain(told)
      expect(follower.status).toBe(204)
      expect(runs()).toEqual([])
      isBad = false
      const again = await relay(call(start({ input })))
      expect(eventsOf(await again.text())).toEqual([{ type: 'message_final', text: 'Read.' }])
      expect(runs()).toHaveLength(1)
    },
  )

  it('asks for a few URLs at a time, for all of them, and for none any more once one is refused', async () => {
    const open: ServerResponse[] = []
    const { upstream, relay } = await setup({
      over: (path) => (isView(path) ? (response) => void open.push(response) : null),
    })
    const refs: string[] = []
    for (let count = 0; count < 10; count += 1) refs.push((await issue(relay)).ref)
    const input = { query: 'a', documents: refs.map((ref) => fileOf(ref)) }
    const views = (): number =>
      upstream.requests.filter(({ url }) => url.includes('view-url')).length

    const response = relay(call(start({ input })))

    await vi.waitFor(() => expect(views()).toBe(6), 4000)
    refuse(200, { viewUrl: viewOf(1) })(open[0] as ServerResponse)
    await vi.waitFor(() => expect(views()).toBe(7), 4000)
    refuse(404, {})(open[1] as ServerResponse)
    expect((await response).status).toBe(404)
    await Promise.all(upstream.requests.slice(-5).map(({ cut }) => cut))
    expect(views()).toBe(7)
  })

  it('asks no longer than limits.firstByteMs for all URLs together, and runs nothing then (T24)', async () => {
    const {
      upstream,
      runs,
      relay: patient,
    } = await setup({
      over: (path) => (isView(path) ? () => undefined : null),
    })
    const { relay } = testRelay(upstream.url, { uploads: {}, limits: { firstByteMs: 30 } })
    const input = { query: 'a', documents: [fileOf((await issue(patient)).ref)] }

    const response = await relay(call(start({ input })))

    expect(await response.text()).toBe(refusedFrame(response, 'stalled'))
    expect(runs()).toEqual([])
  })

  it('leaves Fluo at a stop while it still asks, and runs nothing', async () => {
    const { upstream, runs, relay } = await setup({
      over: (path) => (isView(path) ? () => undefined : null),
    })
    const input = { query: 'a', documents: [fileOf((await issue(relay)).ref)] }
    const response = relay(call(start({ input })))
    await vi.waitFor(() => expect(upstream.requests).toHaveLength(2), 4000)

    await relay(call({ op: 'stop', runId: 'run-1', agentId: 'helper' }))

    expect(await (await response).text()).toBe(endMark('stopped'))
    await upstream.requests[1]?.cut
    expect(runs()).toEqual([])
  })

  it('refuses files that were uploaded where the option is gone, with the ID of the run free', async () => {
    const { upstream, relay } = await setup()
    const { relay: without, log } = testRelay(upstream.url)
    const documents = [fileOf((await issue(relay)).ref)]

    const response = await without(call(start({ input: { query: 'a', documents } })))
    const plain = await without(call(start({ input: { query: 'a' } })))

    expect(await errorOf(response)).toEqual({ code: 'forbidden', status: 403 })
    expect(log[0]?.detail).toBe(
      `"documents" names a file that was uploaded, and the relay's option uploads is not set.`,
    )
    expect(plain.status).toBe(200)
  })

  it("hides a file's path and URL behind its name in tools and unknown events (T08)", async () => {
    const url = viewOf(1)
    const path = url.slice(0, url.indexOf('?'))
    const said = [
      `see ${url}`,
      `see ${path}`,
      `see ${encodeURIComponent(url)}`,
      `see ${encodeURIComponent(path)}?a`,
      `see ${path}?at=2026&X-Sig=other`,
      `sig ${signature}`,
      `sig ${encodeURIComponent(signature)}`,
      `blob ${blobPathOf(1)}`,
      `blob ${encodeURIComponent(blobPathOf(1))}`,
      `html ${url.replaceAll('&', '&amp;')}`,
      `plain ${decodeURIComponent(url)}`,
      `quoted ${encodeURIComponent(url).replaceAll('%2F', '/')}`,
    ]
    const { relay } = await setup({
      run: stream(
        `event: run_start\ndata: {"thread_id":"thread_1"}`,
        `event: tool_start\ndata: ${JSON.stringify({ tool_call_id: 'a', tool_name: 'read', args: { said, [blobPathOf(1)]: 1 } })}`,
        `event: tool_end\ndata: ${JSON.stringify({ tool_call_id: 'a', output: said.join('\n') })}`,
        `event: usage\ndata: ${JSON.stringify({ said })}`,
        `event: notice\ndata: ${said.join(' ')}`,
      ),
    })
    const { ref } = await issue(relay)
    const documents = [fileOf(ref, { name: 'a/home policy.pdf' })]

    const text = await (await relay(call(start({ input: { query: 'a', documents } })))).text()

    const events = eventsOf(text)
    expect(events).toHaveLength(5)
    expect(events[1]).toMatchObject({
      input: {
        said: expect.arrayContaining(['see home policy.pdf']) as unknown,
        'home policy.pdf': 1,
      },
    })
    for (const secret of [
      'blob_canary',
      'storage.example',
      'canary%2Fsignature',
      'X-Sig=canary',
      'canary/signature',
      ref,
    ]) {
      expect(text).not.toContain(secret)
    }
  })
})
