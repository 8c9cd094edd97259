import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build, createLogger, createServer, type Logger } from 'vite'
import { describe, expect, it, onTestFinished } from 'vitest'
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
    await (await post(second.url, start({ threadRef }), cookie)).text()

    expect(upstream.requests[1]?.url).toContain('thread_id=thread_canary_1')
    const file = join(root, 'node_modules/.cache/fluokit/dev-keys.json')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readFileSync(file, 'utf8')).not.toContain(apiKey)
  })

  it('answers 503 and says which variables to set when there are no keys', async () => {
    const { url, lines } = await serve(temporaryRoot(), { env: { FLUO_PROJECT_ID: projectId } })

    const response = await post(url, start())

    expect(response.status).toBe(503)
    expect(await response.json()).toEqual({ error: { code: 'upstream', status: 503 } })
    expect(lines).toEqual([expect.stringContaining('FLUO_API_KEY, FLUO_AGENT_ID')])
  })

  it.each(['serve', 'build'])(
    'refuses a VITE_FLUO_ variable in %s, by name only',
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

  it('says in the terminal what was refused, without the key', async () => {
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

    expect(response.status).toBe(502)
    expect(lines).toEqual([
      expect.stringContaining('refused 502 forbidden (Fluo said 401) Bad key [hidden]'),
    ])
  })
})
