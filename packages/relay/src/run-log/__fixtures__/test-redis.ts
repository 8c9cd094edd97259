import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { createClient } from '@redis/client'

const program = (process.env['PATH'] ?? '')
  .split(delimiter)
  .map((folder) => join(folder, 'redis-server'))
  .find((file) => existsSync(file))
const url = process.env['REDIS_URL']

const ask =
  'a Redis is needed: set REDIS_URL, or install redis-server (apt-get install redis-server)'

/** Why tests with a Redis are skipped; null where they run. */
export const noRedis: string | null = program === undefined && url === undefined ? ask : null
/** Why tests are skipped that start, and kill, a Redis of their own; null where they run. */
export const noRedisServer: string | null = program === undefined ? ask : null

export type TestClient = ReturnType<typeof createClient>

/** A Redis for tests. */
export interface TestRedis {
  /** A client that is connected; it is closed with the Redis. */
  connect(): Promise<TestClient>
  /** Where it listens, for clients of another kind. */
  readonly port: number
  /** As if its machine had lost power: nothing is kept. */
  kill(): Promise<void>
  /** Starts it again, empty. */
  start(): Promise<void>
  close(): Promise<void>
}

/** The Redis of REDIS_URL, else one of its own. Not for tests that kill it. */
export function anyRedis(): Promise<TestRedis> {
  return url === undefined ? startRedis() : usedRedis(url)
}

async function usedRedis(at: string): Promise<TestRedis> {
  const clients: TestClient[] = []
  const never = (): Promise<void> => Promise.reject(new Error('This Redis is not ours.'))
  return {
    port: Number(new URL(at).port || 6379),
    connect: () => connect({ url: at }, clients),
    kill: never,
    start: never,
    close: async () => destroy(clients),
  }
}

/** Starts a Redis on a free port of this machine, with arguments of its own; it writes nothing to disk. */
export async function startRedis(args: readonly string[] = []): Promise<TestRedis> {
  if (program === undefined) throw new Error(ask)
  const file = program
  const port = await freePort()
  const folder = mkdtempSync(join(tmpdir(), 'fluokit-redis-'))
  const clients: TestClient[] = []
  let child: ChildProcess | null = null

  const own = ['--port', `${port}`, '--bind', '127.0.0.1', '--dir', folder, '--save', '']
  const start = async (): Promise<void> => {
    const started = spawn(file, [...own, '--appendonly', 'no', ...args], { stdio: 'ignore' })
    child = started
    process.once('exit', () => started.kill('SIGKILL'))
    const probe = createClient({ socket: { port, reconnectStrategy: 20 } })
    probe.on('error', ignore)
    await probe.connect()
    probe.destroy()
  }
  const kill = async (): Promise<void> => {
    const killed = child
    child = null
    if (killed === null) return
    const gone = new Promise((resolve) => killed.once('exit', resolve))
    killed.kill('SIGKILL')
    await gone
  }
  await start()
  return {
    port,
    start,
    kill,
    connect: () => connect({ socket: { port } }, clients),
    async close() {
      destroy(clients)
      await kill()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function connect(
  options: Parameters<typeof createClient>[0],
  clients: TestClient[],
): Promise<TestClient> {
  const client = createClient(options)
  client.on('error', ignore)
  clients.push(client as TestClient)
  await client.connect()
  return client as TestClient
}

function destroy(clients: readonly TestClient[]): void {
  for (const client of clients) if (client.isOpen) client.destroy()
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}

function ignore(): void {
  // A client whose Redis was killed.
}
