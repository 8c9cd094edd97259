import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createFluoClient, memoryStorage, relayTransport, type FluoClient } from '@fluokit/core'
import { createUploads, relayUploads } from '@fluokit/core/uploads'
import { createRelay, type RelayLogEntry, type RelayOptions } from '@fluokit/relay'
import { toNodeHandler } from '@fluokit/relay/node'
import { startStandIn, type StandIn, type StorageOptions } from '@fluokit/testing/node'
import { afterEach, describe, expect, it } from 'vitest'

interface Opened {
  readonly fluo: StandIn
  readonly client: FluoClient
  readonly log: readonly RelayLogEntry[]
  /** A client of another person, on the same relay. */
  readonly as: (user: string) => FluoClient
}

const opened: (() => Promise<unknown>)[] = []
const agentId = 'agent_demo'

/** A client, a relay and a stand-in with its storage, all over real connections. */
async function open(
  uploads: RelayOptions['uploads'] = {},
  storage: StorageOptions = {},
): Promise<Opened> {
  const fluo = await startStandIn({ storage, agent: readFiles })
  const log: RelayLogEntry[] = []
  const relay = createRelay({
    apiKey: fluo.apiKey,
    projectId: fluo.projectId,
    baseUrl: fluo.url,
    agents: [agentId],
    sealKeys: [{ id: 'a', key: crypto.getRandomValues(new Uint8Array(32)) }],
    authorize: (request) => ({ userId: request.headers.get('x-user') ?? '' }),
    log: (entry) => void log.push(entry),
    ...(uploads && { uploads }),
  })
  const server = createServer(toNodeHandler(relay))
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  opened.push(() => closeAll(server, fluo))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  const as = (user: string): FluoClient => {
    const options = { url, headers: () => ({ 'x-user': user }) }
    return createFluoClient({
      transport: relayTransport(options),
      uploads: createUploads({ transport: relayUploads(options) }),
      storage: memoryStorage(),
      userScope: user,
    })
  }
  return { fluo, client: as('ann'), log, as }
}

/** Says how many bytes each file has, and what it begins with. */
async function* readFiles({
  files,
}: Parameters<NonNullable<Parameters<typeof startStandIn>[0]>['agent'] & object>[0]) {
  const texts = await Promise.all(
    files.map(async (file) => {
      const text = new TextDecoder().decode(await file.read())
      return `${file.kind} ${file.mediaType} ${text.length} ${text.slice(0, 5)}`
    }),
  )
  yield { event: { type: 'message_final' as const, text: texts.join('; ') } }
}

async function closeAll(server: Server, fluo: StandIn): Promise<void> {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  await fluo.close()
}

afterEach(async () => {
  for (const close of opened.splice(0)) await close()
})

const policy = (name = 'policy.md', text = '# Travel\n'.repeat(2_000)): File =>
  new File([text], name, { type: 'text/markdown' })

async function uploaded(client: FluoClient, ...files: readonly File[]): Promise<void> {
  const { uploads } = client.thread({ agentId })
  uploads?.add(files)
  await uploads?.settled()
}

function statusesIn(client: FluoClient): readonly unknown[] {
  const uploads = client.thread({ agentId }).uploads?.store.getState() ?? []
  return uploads.map(({ status, error }) => error ?? status)
}

async function answered(client: FluoClient): Promise<string> {
  const thread = client.thread({ agentId })
  const sent = await thread.send({ ...thread.draft.getState(), query: 'Compare' })
  const message = thread.store.getState().turns.at(-1)?.runs.at(-1)?.messages.at(-1)
  const text = message?.parts.flatMap((part) => ('chunks' in part ? part.chunks : [])).join('')
  return text ?? JSON.stringify([sent, thread.store.getState().error])
}

describe.each(['direct', 'relay'] as const)('files, with upload: %s', (upload) => {
  it('reach the agent, byte for byte, and the storage hears nothing secret (T35)', async () => {
    const { client, fluo } = await open({ upload })

    await uploaded(client, policy(), policy('tiny.txt', 'Hello'))

    expect(statusesIn(client)).toEqual(['ready', 'ready'])
    expect(await answered(client)).toBe(
      'document text/markdown 18000 # Tra; document text/markdown 5 Hello',
    )
    for (const { headers, bytes } of fluo.storage.puts) {
      expect(headers).toMatchObject({
        'content-type': 'text/markdown',
        'content-length': String(bytes),
      })
      expect(JSON.stringify(headers)).not.toContain(fluo.apiKey)
      expect(Object.keys(headers)).not.toContain('x-user')
    }
  })

  it('can be used by nobody else: the turn fails before anything runs (T35)', async () => {
    const { client, as, fluo } = await open({ upload })
    await uploaded(client, policy())
    const bob = as('bob').thread({ agentId })

    const [documents] = [client.thread({ agentId }).draft.getState()?.documents ?? []]
    const sent = await bob.send({ query: 'Read it to me', documents })

    expect(sent).toMatchObject({ sent: true, end: 'failed' })
    expect(bob.store.getState().error).toMatchObject({ code: 'file-gone' })
    expect(fluo.requests.some(({ path }) => path.includes('stream'))).toBe(false)
  })

  it('are put again once when the place has expired, and keep the text when that fails (F77)', async () => {
    const { client, fluo } = await open({ upload })
    client.thread({ agentId }).setDraft({ query: 'Compare' })
    fluo.storage.failNext('put', { status: 403 })
    await uploaded(client, policy())
    expect(statusesIn(client)).toEqual(['ready'])

    fluo.storage.failNext('put', { status: 403, times: 2 })
    await uploaded(client, policy('second.md'))
    expect(statusesIn(client)).toMatchObject(['ready', { code: 'storage' }])
    expect(client.thread({ agentId }).draft.getState()).toMatchObject({
      query: 'Compare',
      documents: [{ name: 'policy.md' }],
    })
  })

  it('survive a connection that is cut in the middle', async () => {
    const { client, fluo } = await open({ upload })
    fluo.storage.dropNextPut()

    await uploaded(client, policy('large.md', 'x'.repeat(2_000_000)))

    expect(statusesIn(client)).toEqual(['ready'])
    expect(fluo.storage.files).toMatchObject([{ size: 2_000_000 }])
  })

  it('bring the header that the storage demands', async () => {
    const demandedHeader = { name: 'x-store-class', value: 'short' }
    const headers = { 'x-store-class': 'short' }
    const { client } = await open({ upload, headers }, { demandedHeader })

    await uploaded(client, policy())

    expect(statusesIn(client)).toEqual(['ready'])
  })

  it('fail a turn whose file is gone, and leave the text with it (F78)', async () => {
    const { client, fluo } = await open({ upload })
    await uploaded(client, policy())
    fluo.storage.failNext('view', { status: 404 })

    await answered(client)

    const { error, turns } = client.thread({ agentId }).store.getState()
    expect(error).toMatchObject({ code: 'file-gone' })
    expect(turns.at(-1)?.input).toMatchObject({
      query: 'Compare',
      documents: [{ name: 'policy.md' }],
    })
    await client.thread({ agentId }).retry()
    expect(client.thread({ agentId }).store.getState().status).toBe('ready')
  })

  it('put no name, path or signed URL into the log (T35)', async () => {
    const { client, fluo, log } = await open({ upload })
    fluo.storage.failNext('put', { status: 500 })
    await uploaded(client, policy('secret-plan.md'))
    fluo.storage.failNext('view', { status: 500 })
    await answered(client)

    const lines = JSON.stringify(log)
    expect(log.length).toBeGreaterThan(1)
    for (const { blobPath } of fluo.storage.files) expect(lines).not.toContain(blobPath)
    for (const secret of ['secret-plan', 'X-Amz', fluo.storage.url, fluo.apiKey]) {
      expect(lines).not.toContain(secret)
    }
  })
})

describe('files, with a relay that takes none', () => {
  it('fail by themselves, and no text does', async () => {
    const { client } = await open(undefined)
    const relay = await open({ mediaTypes: ['image/png'] })

    await uploaded(relay.client, policy())

    expect(statusesIn(relay.client)).toMatchObject([{ code: 'invalid' }])
    expect(client.uploads).not.toBeNull()
  })
})
