import { describe, expect, it } from 'vitest'
import { refuse } from '../__fixtures__/fake-upstream.ts'
import { tamper } from '../__fixtures__/tamper.ts'
import { call, errorOf, rawThread, sealKey, testRelay } from '../__fixtures__/test-relay.ts'
import { blobPathOf, signature, uploadFluo } from '../__fixtures__/upload-fluo.ts'
import { issue } from '../__fixtures__/uploads.ts'

const uploads = {}

describe('viewUpload', () => {
  it('asks Fluo for a URL of the path that a ref stands for', async () => {
    const upstream = await uploadFluo()
    const { relay, log } = testRelay(upstream.url, { uploads })
    const { ref } = await issue(relay)

    const response = await relay(call({ op: 'view', ref }))

    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(await response.json()).toEqual({
      url: `https://storage.example/view/${blobPathOf(1)}?${signature}`,
    })
    expect(upstream.requests[1]).toMatchObject({
      method: 'GET',
      url: `/api/v1/uploads/view-url?blobPath=${encodeURIComponent(blobPathOf(1))}`,
      body: '',
    })
    expect(upstream.requests[1]?.headers).not.toHaveProperty('content-type')
    expect(log.at(-1)).toMatchObject({ level: 'info', event: 'view', status: 200 })
  })

  it("opens each user's own files, with every agent, and answers any other like one that is gone (T35)", async () => {
    const upstream = await uploadFluo()
    const { relay } = testRelay(upstream.url, { uploads })
    const users = ['ann', 'bob', 'Ann', 'ann2']
    const refs: string[] = []
    for (const user of users) refs.push((await issue(relay, {}, { 'x-user': user })).ref)

    const statuses = await Promise.all(
      users.map(async (user) =>
        Promise.all(
          refs.map(
            async (ref) => (await relay(call({ op: 'view', ref }, { 'x-user': user }))).status,
          ),
        ),
      ),
    )

    expect(statuses).toEqual(
      users.map((_, row) => refs.map((_ref, column) => (row === column ? 200 : 404))),
    )
    expect(upstream.requests).toHaveLength(2 * users.length)
  })

  it('answers every ref that is none exactly as a file that Fluo does not know (T35)', async () => {
    let isGone = false
    const upstream = await uploadFluo({
      over: (path) =>
        isGone && path.endsWith('/view-url') ? refuse(404, { detail: 'No such blob' }) : null,
    })
    const { relay } = testRelay(upstream.url, { uploads })
    const elsewhere = testRelay(upstream.url, { uploads, projectId: 'another-project' })
    const { ref } = await issue(relay)
    const ticketed = testRelay(upstream.url, { uploads: { upload: 'relay' } })
    const { ticket } = await issue(ticketed.relay)
    const others = [
      (await issue(elsewhere.relay)).ref,
      await relay.sealThread('ann', 'helper', rawThread),
      ticket ?? '',
      tamper(ref, (below) => below - 1),
      ref.replace('2.a.', '2.b.'),
      blobPathOf(1),
      '',
      'x'.repeat(100_000),
    ]
    isGone = true
    const masked = async (response: Response): Promise<string> => {
      const id = response.headers.get('x-request-id') ?? '-'
      const text = JSON.stringify([response.status, ...response.headers, await response.text()])
      return text.replaceAll(id, 'ID')
    }
    const gone = await masked(await relay(call({ op: 'view', ref })))
    const asked = upstream.requests.length

    for (const other of others) {
      expect(await masked(await relay(call({ op: 'view', ref: other })))).toBe(gone)
    }

    expect(gone).toContain('file-gone')
    expect(upstream.requests).toHaveLength(asked)
  })

  it('opens no thread with the ref of a file (T05)', async () => {
    const upstream = await uploadFluo({ over: () => null })
    const { relay } = testRelay(upstream.url, { uploads })
    const { ref } = await issue(relay)

    const response = await relay(
      call({
        op: 'start',
        runId: 'run-1',
        agentId: 'helper',
        threadRef: ref,
        input: { query: 'a' },
      }),
    )

    expect(await errorOf(response)).toEqual({ code: 'thread-gone', status: 404 })
    expect(upstream.requests).toHaveLength(1)
  })

  it('opens a ref under an older key for as long as that key is there (T35)', async () => {
    const upstream = await uploadFluo()
    const oldKey = { id: 'a', key: sealKey }
    const newKey = { id: 'b', key: Uint8Array.from(sealKey).reverse() }
    const { ref } = await issue(testRelay(upstream.url, { uploads }).relay)
    const rotated = testRelay(upstream.url, { uploads, sealKeys: [newKey, oldKey] })
    const without = testRelay(upstream.url, { uploads, sealKeys: [newKey] })

    expect((await rotated.relay(call({ op: 'view', ref }))).status).toBe(200)
    expect((await without.relay(call({ op: 'view', ref }))).status).toBe(404)
    expect((await issue(rotated.relay)).ref).toMatch(/^2\.b\./)
  })

  it.each([
    [404, {}, 404, 'file-gone'],
    [410, {}, 404, 'file-gone'],
    [422, {}, 422, 'invalid'],
    [429, { 'retry-after': '1' }, 429, 'rate-limited'],
    [403, {}, 424, 'forbidden'],
    [500, {}, 424, 'upstream'],
    [200, {}, 424, 'upstream'],
  ])("answers Fluo's %i with %j by %i %s", async (upstreamStatus, headers, status, code) => {
    const upstream = await uploadFluo({
      over: (path) =>
        path.endsWith('/view-url')
          ? refuse(upstreamStatus, { detail: `No ${blobPathOf(1)}`, viewUrl: 'http://a/' }, headers)
          : null,
    })
    const { relay, log } = testRelay(upstream.url, { uploads })
    const { ref } = await issue(relay)

    const response = await relay(call({ op: 'view', ref }))

    expect(response.status).toBe(status)
    expect(await errorOf(response)).toMatchObject({ code, status })
    expect(JSON.stringify(log)).not.toContain('blob_canary')
  })

  it.each([{ op: 'view' }, { op: 'view', ref: 1 }, { op: 'view', ref: 'a', url: 'b' }])(
    'takes nothing but a ref: %j (T35)',
    async (body) => {
      const { relay } = testRelay('http://127.0.0.1:1', { uploads })

      expect(await errorOf(await relay(call(body)))).toEqual({ code: 'invalid', status: 422 })
    },
  )
})
