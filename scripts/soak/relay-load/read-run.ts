import { request, type Agent } from 'node:http'
import { timestamp } from './timestamp.ts'

/** What one reader saw of one run. */
export interface ReadRun {
  /** How long each delta took from Fluo to here, in milliseconds. */
  readonly delays: readonly number[]
  /** Whether the relay's last word was that Fluo's answer ended well. */
  readonly isWhole: boolean
}

export interface RunToRead {
  readonly url: string
  readonly agent: Agent
  readonly user: string
  readonly runId: string
  /** Called with what closes the connection, once the first event is there. */
  readonly onFirst?: (leave: () => void) => void
}

/** Starts a run at the relay and reads it to its end; rejects when the connection breaks. */
export function readRun({ url, agent, user, runId, onFirst }: RunToRead): Promise<ReadRun> {
  return new Promise((resolve, reject) => {
    const turn = { op: 'start', runId, agentId: 'agent', threadRef: null, input: { query: runId } }
    const headers = { 'content-type': 'application/json', 'x-user': user }
    const call = request(url, { method: 'POST', agent, headers }, (response) => {
      const delays: number[] = []
      let tail = ''
      response.setEncoding('utf8')
      response.once('data', () => onFirst?.(() => void call.destroy()))
      response.on('data', (text: string) => {
        const now = timestamp()
        for (const [, at] of text.matchAll(/@([\d.]+)@/g)) delays.push(now - Number(at))
        tail = (tail + text).slice(-60)
      })
      response.on('error', reject)
      response.on('end', () => resolve({ delays, isWhole: tail.includes('"end":"done"') }))
    })
    call.on('error', reject)
    call.end(JSON.stringify(turn))
  })
}
