import type { FaultCase } from './run-case.ts'
import { runCase } from './run-case.ts'
import { faultRows } from './fault-rows.ts'
import { startFaultRig } from './fault-rig.ts'
import { bytesOf, recordings, type Recording } from './recordings.ts'
import type { Random } from './random.ts'
import { watchProcess } from './watch-process.ts'

/** What came of a number of transport cases. */
export interface TransportFigures {
  readonly cases: number
  readonly faults: number
  readonly failed: readonly string[]
  readonly seconds: number
}

/** So many cases are under way at once: their waits are the network's, not the processor's. */
const atOnce = 12

/** Every fault at every byte of every recording, or of them a share that the random numbers choose. */
export async function runTransportCases(
  share: { readonly part: number; readonly random: Random } | null,
): Promise<TransportFigures> {
  const start = performance.now()
  const noise = watchProcess()
  const lanes = await Promise.all(Array.from({ length: atOnce }, () => startFaultRig()))
  const failed: string[] = []
  let cases = 0
  try {
    for (const recording of recordings) {
      for (const rig of lanes) rig.play(recording)
      const isFirst = recordings.find(({ through }) => through === recording.through) === recording
      const headLength = isFirst ? await measureHead(recording, lanes[0]) : 0 // all have the same
      const waiting = casesOf(recording, headLength).filter(
        () => share === null || share.random() < share.part,
      )
      cases += waiting.length
      const lane = async (rig: (typeof lanes)[number]): Promise<void> => {
        for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
          failed.push(...(await runCase(next, rig)))
        }
      }
      await Promise.all(lanes.map(lane))
    }
  } finally {
    await Promise.all(lanes.map((rig) => rig.close()))
    failed.push(...(await noise.end()))
  }
  const seconds = (performance.now() - start) / 1000
  return { cases, faults: faultRows.length, failed, seconds }
}

function casesOf(recording: Recording, headLength: number): FaultCase[] {
  const { length } = bytesOf(recording)
  return faultRows.flatMap((row) =>
    Array.from({ length: row.place === 'body' ? length + 1 : headLength }, (_, at) => ({
      recording,
      row,
      at,
    })),
  )
}

/** How long the head of an answer is on the wire. */
async function measureHead(
  { through }: Recording,
  rig: Awaited<ReturnType<typeof startFaultRig>> | undefined,
): Promise<number> {
  if (rig === undefined) throw new Error('no rig')
  const { http1 } = rig.proxies(through)
  http1.set({ fault: 'none', at: 0 })
  const answer = await fetch(`${http1.url}/api/v1/agents/agent_demo/stream/threads`, {
    method: 'POST',
    body: '{"query":"How long is your head?"}',
    headers: {
      'content-type': 'application/json',
      'x-api-key': rig.apiKey,
      'x-project-id': rig.projectId,
    },
  })
  await answer.text()
  const lines = [
    'HTTP/1.1 200 OK',
    ...[...answer.headers].map(([name, value]) => `${name}: ${value}`),
  ]
  return `${lines.join('\r\n')}\r\n\r\n`.length
}
