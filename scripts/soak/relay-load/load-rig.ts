import { mkdtempSync, rmSync } from 'node:fs'
import { Agent } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bundleProcess } from './bundle-process.ts'
import { startChild, type Child } from './child.ts'

/** A Fluo and a relay, each a process of its own, and connections to the relay. */
export interface LoadRig {
  readonly upstream: Child
  readonly relay: Child
  readonly agent: Agent
  end(): Promise<void>
}

export interface LoadRigOptions {
  readonly eventsPerSecond: number
  readonly runSeconds: number
  readonly graceMs: number
  /** Flags of Node's for the relay's process. */
  readonly nodeFlags?: readonly string[]
}

export async function startLoadRig(options: LoadRigOptions): Promise<LoadRig> {
  const folder = mkdtempSync(join(tmpdir(), 'fluokit-load-'))
  const path = await bundleProcess('relay-process.ts', folder)
  const { eventsPerSecond, runSeconds, graceMs, nodeFlags } = options
  const upstream = await startChild(join(import.meta.dirname, 'upstream-process.ts'), [
    `${eventsPerSecond}`,
    `${runSeconds}`,
  ])
  const relay = await startChild(path, [upstream.url, `${graceMs}`], nodeFlags)
  const agent = new Agent({ keepAlive: true })
  return {
    upstream,
    relay,
    agent,
    async end() {
      agent.destroy()
      await relay.end()
      await upstream.end()
      rmSync(folder, { recursive: true })
    },
  }
}
