import { createFluoClient, memoryStorage, type Run } from '@fluokit/core'
import { scriptedTransport, type Script } from '@fluokit/testing'
import { expect, vi } from 'vitest'
import { record, type RunExport } from '../src/devtools/index.ts'

/** Plays a script to its end, stopping what hangs, and gives the run with what was recorded of it. */
export async function playScript(
  script: Script,
  text: 'masked' | 'kept' = 'masked',
): Promise<{ readonly run: Run; readonly exported: RunExport }> {
  vi.spyOn(console, 'warn').mockImplementation(() => undefined)
  const { transport } = scriptedTransport(script, { speed: Infinity })
  const client = createFluoClient({
    transport,
    userScope: null,
    storage: memoryStorage(),
    retryRateLimited: false,
    stallAfterMs: script.steps.some((step) => 'fault' in step && step.fault === 'stall') ? 30 : 0,
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
