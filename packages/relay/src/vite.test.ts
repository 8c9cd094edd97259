import type { SignedUpload } from '@fluokit/core/wire'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build, createLogger, createServer, resolveConfig, type Logger } from 'vite'
import { describe, expect, it, onTestFinished } from 'vitest'
import { fakeStorage } from './__fixtures__/fake-storage.ts'
import { uploadFluo } from './__fixtures__/upload-fluo.ts'
import { fakeUpstream, stream } from './__fixtures__/fake-upstream.ts'
import { apiKey, handleOf, projectId, start } from './__fixtures__/test-relay.ts'
import { fluoRelay, type FluoRelayOptions } from './vite.ts'

const hello = stream('event: run_start\ndata: {"thread_id":"thread_canary_1"}')

function temporaryRoot(): string {
  const root = mkdtempSync(join(tmpdir(), 'fluokit-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  return root
}

function quietLogger(): { readonly logger: Logger; readonly lines: string[] } {
  const lines: string[] = []
  const logger = createLogger('silent')
  logger.warn = (line) => void lines.push(line)
  logger.error = (line) => void lines.push(line)
  return { logger, lines }
}

async function serve(
  root: string,
  options: FluoRelayOptions,
): Promise<{ url: string; lines: string[]; close(): Promise<void> }> {
  const { logger, lines } = quietLogger()
  const server = await createServer({
    root,
    configFile: false,
    customLogger: logger,
    appType: 'custom',
    optimizeDeps: { noDiscovery: true },
    server: { host: '127.0.0.1', port: 0, strictPort: false, ws: false, watch: null },
    plugins: [fluoRelay(options)],
  })
  await server.listen()
  const address = server.httpServer?.address()
  if (typeof address !== 'object' || address === null) throw new Error('Vite does not listen.')
  const close = (): Promise<void> => server.close()
  onTestFinished(close)
  return { url: `http://127.0.0.1:${address.port}/api/fluo`, lines, close }
}

const post = (url: string, body: unknown, cookie = ''): Promise<Response> =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie },
    body: JSON.stringify(body),
  })

describe('fluoRelay', () => {
  it('relays with the keys of a .env file, for an anonymous user', async () => {
    const upstream = await fakeUpstream(hello)
    const root = temporaryRoot()
    writeFileSync(
      join(root, '.env'),
      `FLUO_API_KEY=${apiKey}\nFLUO_PROJECT_ID=${projectId}\nFLUO_AGENT_ID=helper\nFLUO_BASE_URL=${upstream.url}\n`,
    )
    const { url, lines } = await serve(root, {})

    const response = await post(url, start())

    expect(response.status).toBe(200)
    expect(response.headers.get('set-cookie')).toContain('HttpOnly; SameSite=Lax')
    expect(await response.text()).not.toContain('thread_canary_1')
    expect(upstream.requests[0]?.headers['x-api-key']).toBe(apiKey)
    expect(lines).toEqual([])
  })

  it('keeps handles and cookies over a restart, in a file for the owner only', async () => {
    const upstream = await fakeUpstream(hello)
    const root = temporaryRoot()
    const env = {
      FLUO_API_KEY: apiKey,
      FLUO_PROJECT_ID: projectId,
      FLUO_AGENT_ID: 'helper',
      FLUO_BASE_URL: upstream.url,
    }
    const first = await serve(root, { env })
    const response = await post(first.url, start())
    const cookie = response.headers.get('set-cookie')?.split(';')[0] ?? ''
    const threadRef = handleOf(await response.text())
    await first.close()

    const second = await serve(root, { env })
    await (await post(second.url, start({ runId: 'run-2', threadRef }), cookie)).text()

    expect(upstream.requests[1]?.url).toContain('thread_id=thread_canary_1')
    const file = join(root, 'node_modules/.cache/fluokit/dev-keys.json')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readFileSync(file, 'utf8')).not.toContain(apiKey)
  })

  it.each(['direct', 'relay'] as const)(
    'lets people upload files, %s, in development',
    async (upload) => {
      const storage = await fakeStorage()
      const upstream = await uploadFluo({ storage: storage.url })
      const env = {
        FLUO_API_KEY: apiKey,
        FLUO_PROJECT_ID: projectId,
        FLUO_AGENT_ID: 'helper',
        FLUO_BASE_URL: upstream.url,
      }
      const { url, lines } = await serve(temporaryRoot(), { env, uploads: { upload } })
      const asked = await post(url, {
        op: 'upload',
        name: 'a.txt',
        mediaType: 'text/plain',
        size: 2,
      })
      const cookie = asked.headers.get('set-cookie')?.split(';')[0] ?? ''
      const { ref, ticket, ...signed } = (await asked.json()) as SignedUpload

      const headers =
        ticket === null
          ? signed.headers
          : { cookie, 'content-type': 'application/octet-stream', 'fluokit-upload': ticket }
      const put = await fetch(signed.url ?? url, { method: 'PUT', headers, body: 'Hi' })

      expect(put.status).toBe(upload === 'relay' ? 204 : 200)
      expect(String(await storage.puts[0]?.bytes)).toBe('Hi')
      expect(storage.puts[0]?.headers).toMatchObject({
        'content-type': 'text/plain',
        'content-length': '2',
      })
      const view = await post(url, { op: 'view', ref }, cookie)
      expect(await view.json()).toEqual({ url: expect.stringContaining(storage.url) as unknown })
      expect(lines).toEqual([])
    },
  )

  it('answers 503 and says which variables to set when there are no keys', async () => {
    const { url, lines } = await serve(temporaryRoot(), { env: { FLUO_PROJECT_ID: projectId } })

    const response = await post(url, start())

    expect(response.status).toBe(503)
    expect(await response.json()).toEqual({ error: { code: 'upstream', status: 503 } })
    expect(lines).toEqual([expect.stringContaining('FLUO_API_KEY, FLUO_AGENT_ID')])
  })

  it.each(['serve', 'build'])(
    'refuses a VITE_FLUO_ variable in %s, by name only (T01)',
    async (command) => {
      const root = temporaryRoot()
      writeFileSync(join(root, '.env'), 'VITE_FLUO_API_KEY=sk-canary-exposed\n')
      writeFileSync(join(root, 'index.html'), '<p>hello</p>')
      const { logger } = quietLogger()
      const config = {
        root,
        configFile: false as const,
        customLogger: logger,
        plugins: [fluoRelay()],
      }

      const run =
        command === 'serve' ? createServer(config) : build({ ...config, build: { write: false } })
      const message = await run.then(
        () => '',
        (thrown: unknown) => String(thrown),
      )

      expect(message).toContain('rename VITE_FLUO_API_KEY to FLUO_API_KEY')
      expect(message).not.toContain('sk-canary')
    },
  )

  it.each<[string, string | string[] | undefined, string, string]>([
    ['VITE_FLUO_AGENT_ID=sk-canary', undefined, 'VITE_FLUO_AGENT_ID', 'begin with VITE_'],
    ['VITE_MY_FLUO_API_KEY=sk-canary', undefined, 'VITE_MY_FLUO_API_KEY', 'begin with VITE_'],
    ['VITE_FLUO_PROJECT_ID=sk-canary', ['VITE_'], 'VITE_FLUO_PROJECT_ID', 'begin with VITE_'],
    ['VITE_OLD_FLUO_PROJECT_ID_2=sk-canary', undefined, 'VITE_OLD_FLUO_PROJECT_ID_2', 'VITE_'],
    ['PUBLIC_FLUO_X=sk-canary', 'PUBLIC_', 'PUBLIC_FLUO_X', 'begin with PUBLIC_'],
    ['VITE_FLUO_API_KEY=sk-canary', 'PUBLIC_', 'VITE_FLUO_API_KEY', 'begin with VITE_'],
    ['FLUO_API_KEY=sk-canary', 'FLUO_', 'FLUO_API_KEY', 'begin with FLUO_'],
    ['FLUO_API_KEY=sk-canary', ['VITE_', 'FLUO_'], 'FLUO_API_KEY', 'begin with FLUO_'],
    ['FLUO_API_KEY=sk-canary', 'FLU', 'FLUO_API_KEY', 'begin with FLU '],
    ['FLUO_PROJECT_ID=sk-canary', 'FLUO_', 'FLUO_PROJECT_ID', 'begin with FLUO_'],
    ['FLUO_API_KEY=sk-canary\nVITE_TOKEN=sk-canary', undefined, 'VITE_TOKEN', 'FLUO_API_KEY'],
    ['FLUO_API_KEY=sk-canary\nVITE_A=$FLUO_API_KEY', undefined, 'VITE_A', 'FLUO_API_KEY'],
  ])('refuses %j with the prefix %j, by name only (T01)', async (file, envPrefix, name, reason) => {
    const root = temporaryRoot()
    writeFileSync(join(root, '.env'), `${file}\n`)
    const config = {
      root,
      configFile: false as const,
      customLogger: quietLogger().logger,
      ...(envPrefix !== undefined && { envPrefix }),
      plugins: [fluoRelay()],
    }

    const message = await resolveConfig(config, 'build').then(
      () => '',
      (thrown: unknown) => String(thrown),
    )

    expect(message).toMatch(/^Error: fluoRelay: [^.]+\.$/)
    expect(message).toContain(` ${name}`)
    expect(message).toContain(reason)
    expect(message).not.toContain('sk-canary')
  })

  it.each<[string, string | string[] | undefined]>([
    ['FLUO_API_KEY=sk-canary\nFLUO_PROJECT_ID=p', undefined],
    ['FLUO_API_KEY=sk-canary\nVITE_TITLE=hello', ['VITE_', 'PUBLIC_']],
    ['FLUO_API_KEY=\nVITE_EMPTY=', undefined],
    ['FLUO_AGENT_ID=a\nFLUO_BASE_URL=b', 'FLUO_'],
  ])('takes %j with the prefix %j', async (file, envPrefix) => {
    const root = temporaryRoot()
    writeFileSync(join(root, '.env'), `${file}\n`)

    await expect(
      resolveConfig(
        {
          root,
          configFile: false,
          ...(envPrefix !== undefined && { envPrefix }),
          plugins: [fluoRelay()],
        },
        'build',
      ),
    ).resolves.toBeDefined()
  })

  it('says in the terminal what was refused, without the key (T02)', async () => {
    const upstream = await fakeUpstream((response) => {
      response.writeHead(401, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ detail: `Bad key ${apiKey}` }))
    })
    const env = { FLUO_API_KEY: apiKey, FLUO_PROJECT_ID: projectId }
    const { url, lines } = await serve(temporaryRoot(), {
      env,
      agents: ['helper'],
      baseUrl: upstream.url,
    })

    const response = await post(url, start())

    expect(response.status).toBe(200)
    expect(lines).toEqual([
      expect.stringContaining('refused 200 forbidden (Fluo said 401) Bad key [hidden]'),
    ])
  })
})
