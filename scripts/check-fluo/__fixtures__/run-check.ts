import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach } from 'vitest'
import {
  defineScript,
  type EncodeShape,
  type Script,
  type ShapeName,
} from '../../../packages/testing/src/index.ts'
import { startStandIn, type StandIn } from '../../../packages/testing/src/node/index.ts'
import { checkFluo } from '../check-fluo.ts'

export const apiKey = 'sk-canary-key-Zx81'
export const projectId = 'project-canary-Qw55'
export const agentId = 'agent-canary-Mn07'
export const words = 'canary walrus umbrella'

/** A folder that is gone after the tests. */
export const folder: string = mkdtempSync(join(tmpdir(), 'check-fluo-'))
export const closers: (() => Promise<unknown>)[] = []
let files = 0

afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A run whose every value is a canary. */
export const secretRun: Script = defineScript('canaries', [
  { event: { type: 'run_start' } },
  { event: { type: 'thinking_part', text: `Thinking of ${words}.` } },
  {
    event: {
      type: 'tool_start',
      callId: 'call_canary_1',
      name: 'canarytool',
      input: { walrus: words, 'Jane Walrus': 1 },
    },
  },
  {
    event: {
      type: 'tool_end',
      callId: 'call_canary_1',
      name: 'canarytool',
      output: { umbrella: [words, 8151623] },
    },
  },
  { event: { type: 'message_delta', text: 'Hello ' } },
  { event: { type: 'message_delta', text: `${words}.` } },
  { event: { type: 'message_final', text: `Hello ${words}.` } },
])

/** What no output and no fixture may contain. */
export const canaries: readonly string[] = [apiKey, projectId, agentId, 'walrus', 'umbrella', 'canary', 'Jane', '8151623']

export async function standIn(shape: ShapeName | EncodeShape, script: Script): Promise<StandIn> {
  const fluo = await startStandIn({
    shape,
    scripts: [script],
    apiKey,
    projectId,
    agents: [agentId],
    speed: 1000,
  })
  closers.push(() => fluo.close())
  return fluo
}

/** What a check printed, and how it exited. */
export interface Outcome {
  readonly code: number
  readonly output: string
}

export async function check(
  url: string,
  args: readonly string[] = ['--yes'],
  { env = {}, answers }: { env?: Record<string, string>; answers?: readonly string[] } = {},
): Promise<Outcome> {
  const lines: string[] = []
  const left = [...(answers ?? [])]
  const code = await checkFluo({
    args,
    env: {
      FLUO_API_KEY: apiKey,
      FLUO_PROJECT_ID: projectId,
      FLUO_AGENT_ID: agentId,
      FLUO_BASE_URL: url,
      ...env,
    },
    terminal: {
      isInteractive: answers !== undefined,
      print: (line) => void lines.push(line),
      async ask(question) {
        lines.push(question)
        return left.shift() ?? ''
      },
    },
    limits: { silenceMs: 500 },
  })
  return { code, output: lines.join('\n') }
}

export async function checkWithFixture(url: string): Promise<Outcome & { readonly fixture: string }> {
  files += 1
  const file = join(folder, `${files}.sse`)
  const outcome = await check(url, ['--yes', '--fixture', file])
  return { ...outcome, fixture: readFileSync(file, 'utf8') }
}

export async function serve(answer: Parameters<typeof createServer>[1]): Promise<string> {
  const server: Server = createServer(answer)
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  closers.push(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => void server.close(resolve))
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

export async function serveStream(body: string): Promise<string> {
  return serve((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.end(body)
  })
}

