import {
  createFluoClient,
  memoryStorage,
  type EventBatches,
  type FluoEvent,
  type Run,
  type Transport,
} from '@fluokit/core'
import { scriptedTransport, type Script } from '@fluokit/testing'
import { expect, vi } from 'vitest'
import { record, type RunExport } from '../src/devtools/index.ts'

/** A run, and what was recorded of it. */
interface Played {
  readonly run: Run
  readonly exported: RunExport
}

/** Plays a script to its end, stopping what hangs. */
export function playScript(script: Script, text?: 'masked' | 'kept'): Promise<Played> {
  const { transport } = scriptedTransport(script, { speed: Infinity })
  const hangs = script.steps.some((step) => 'fault' in step && step.fault === 'stall')
  return play(transport, text, hangs ? 30 : 0)
}

/** Brings events in these reads, as a transport has read them, and ends: also what no script can say. */
export function playReads(
  reads: readonly (readonly FluoEvent[])[],
  text?: 'masked' | 'kept',
): Promise<Played> {
  const transport: Transport = {
    async *start(): EventBatches {
      for (const read of reads) yield read.map((event) => ({ cursor: null, event }))
    },
  }
  return play(transport, text, 0)
}

async function play(
  transport: Transport,
  text: 'masked' | 'kept' = 'masked',
  stallAfterMs: number,
): Promise<Played> {
  vi.spyOn(console, 'warn').mockImplementation(() => undefined)
  const client = createFluoClient({
    transport,
    userScope: null,
    storage: memoryStorage(),
    retryRateLimited: false,
    stallAfterMs,
    schedule: (callback) => (callback(), () => undefined),
  })
  const recording = record(client)
  const thread = client.thread({ agentId: 'agent' })
  await thread.send('a secret question')
  await vi.waitFor(() => expect(recording.runs()[0]?.isOver).toBe(true))
  const run = thread.store.getState().turns[0]?.runs[0]
  const [recorded] = recording.runs()
  if (run === undefined || recorded === undefined) throw new Error('Nothing was recorded.')
  const exported = recording.exportRun(recorded, { text })
  recording.end()
  client.dispose()
  return { run, exported }
}

/** The script of an exported module, run as the module that it is. */
export async function loadExport({ source }: RunExport): Promise<Script> {
  const [imported, ...rest] = source.split('\n')
  if (imported !== "import { defineScript } from '@fluokit/testing'") throw new Error(imported)
  const code = `const defineScript = (name, steps) => ({ name, steps })\n${rest.join('\n')}`
  const module: unknown = await import(
    /* @vite-ignore */ `data:text/javascript,${encodeURIComponent(code)}`
  )
  return (module as { readonly recorded: Script }).recorded
}

/** What a run is made of, without its words. */
export function formOf({ messages, end, error }: Run): unknown {
  return {
    end,
    code: error?.code ?? null,
    messages: messages.map(({ isFinal, parts }) => ({
      isFinal,
      parts: parts.map((part) => {
        if (part.type === 'tool-call') {
          return [part.status, part.name, part.error?.length, formOfData(part.input)]
        }
        if (part.type === 'unknown') return [part.type, part.event]
        return [part.type, ...part.chunks.map(({ length }) => length)]
      }),
    })),
  }
}

function formOfData(data: unknown): unknown {
  if (Array.isArray(data)) return data.map(formOfData)
  if (typeof data !== 'object' || data === null) return typeof data
  return Object.values(data).map(formOfData)
}
