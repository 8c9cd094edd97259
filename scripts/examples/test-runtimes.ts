import { globSync } from 'node:fs'
import { join } from 'node:path'
import type { Steps } from '../consumer/check-steps.ts'
import { freePort } from '../consumer/free-port.ts'
import { startProcess, type Running } from '../consumer/start-process.ts'
import { leaveEarly, readFromCursor, readRefusal, streamThrough } from './ask.ts'
import { environmentOf, startHeldFluo } from './held-fluo.ts'
import { installHome } from './homes.ts'

interface Runtime {
  readonly name: string
  /** Where its program lies in the folder; absent, it is a package of Node's. */
  readonly program?: string
  readonly args: readonly string[]
  /** Absent where it keeps from the relay that a reader has left. */
  readonly tellsLeaving?: true
}

const runtimes: readonly Runtime[] = [
  {
    name: 'bun',
    program: 'node_modules/.pnpm/@oven+bun-*/node_modules/@oven/bun-*/bin/bun',
    args: ['bun.mjs'],
    tellsLeaving: true,
  },
  {
    name: 'deno',
    program: 'node_modules/.pnpm/@deno+*/node_modules/@deno/*/deno',
    args: ['run', '--allow-all', 'deno.mjs'],
    tellsLeaving: true,
  },
  { name: 'workerd', args: ['workers.mjs'] },
]

/** Streams through the relay where it is itself the server's handler: in Bun, in Deno, and in workerd, which runs Workers. */
export async function testRuntimes(folder: string, { step }: Steps): Promise<void> {
  const place = join(folder, 'examples/runtimes')
  const isInstalled = await step('bun, deno, workerd: install', () => installHome(place))
  if (!isInstalled) return
  for (const runtime of runtimes) {
    await step(`${runtime.name}: streams, refuses, reads on`, () => test(place, runtime))
  }
}

async function test(folder: string, { program, args, tellsLeaving }: Runtime): Promise<string> {
  const [command] = program === undefined ? [] : globSync(program, { cwd: folder })
  if (program !== undefined && command === undefined) throw new Error('It was not installed')
  const fluo = await startHeldFluo()
  const port = await freePort()
  const env = { ...environmentOf(fluo), GRACE_MS: '0', PORT: String(port) }
  const options = command === undefined ? {} : { command: join(folder, command) }
  const server: Running = startProcess(folder, args, env, options)
  try {
    await server.line(new RegExp(`:${port}`))
    const url = `http://127.0.0.1:${port}`
    const facts = await streamThrough(url, fluo)
    await readRefusal(url)
    await readFromCursor(url, fluo)
    if (tellsLeaving) await leaveEarly(url, fluo)
    return `${facts}${tellsLeaving ? '; Fluo is left when the reader leaves' : ''}`
  } finally {
    server.stop()
    await fluo.standIn.close()
  }
}
