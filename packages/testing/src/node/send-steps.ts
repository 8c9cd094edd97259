import type { ServerResponse } from 'node:http'
import { setImmediate } from 'node:timers/promises'
import type { FluoEvent } from '@fluokit/core/wire'
import { cutBytes, type Cut } from '../cut-bytes.ts'
import { refusalEvent } from '../refusal.ts'
import type { Step } from '../script.ts'
import { aborted, sleep } from '../sleep.ts'
import type { AnswerCollector } from './collect-answer.ts'
import type { Call } from './request-log.ts'
import type { AgentSteps } from './start-agent.ts'

/** How long a reset waits, so that the client has read what was sent before: a reset drops what lies unread. */
const resetDelayMs = 20

/** Plays steps into an open response until they end, a fault ends them, or the client leaves. */
export async function sendSteps(
  response: ServerResponse,
  first: Step | null,
  steps: AgentSteps,
  options: {
    readonly write: (event: FluoEvent) => string
    readonly answer: AnswerCollector
    readonly call: Call
    readonly cut: Cut
    readonly speed: number
    readonly signal: AbortSignal
  },
): Promise<void> {
  const { write, signal, cut } = options
  for (let step = first; step !== null && !signal.aborted; step = await steps.next()) {
    if ('waitMs' in step) await sleep(step.waitMs / options.speed, signal)
    if ('bytes' in step) await send(response, step.bytes, cut, signal)
    if ('event' in step || 'status' in step) {
      const event = 'event' in step ? step.event : refusalEvent(step)
      options.answer.take(event)
      await send(response, write(event), cut, signal)
    }
    if (!('fault' in step)) continue
    if (step.fault === 'stall') await aborted(signal)
    else await breakOff(response, step.fault === 'lost' ? 'reset' : step.fault, options)
    return
  }
  response.end()
}

async function send(
  response: ServerResponse,
  text: string,
  cut: Cut,
  signal: AbortSignal,
): Promise<void> {
  for (const bytes of cutBytes(text, cut)) {
    if (signal.aborted) return
    if (!response.write(bytes)) await drained(response, signal)
    if (cut !== 'event') await setImmediate()
  }
}

/** A client that reads slowly slows the agent down. */
async function drained(response: ServerResponse, signal: AbortSignal): Promise<void> {
  const taken = new AbortController()
  response.once('drain', () => taken.abort())
  await aborted(AbortSignal.any([signal, taken.signal]))
}

async function breakOff(
  response: ServerResponse,
  fault: 'reset' | 'half-close' | 'clean-close',
  { call, signal }: { readonly call: Call; readonly signal: AbortSignal },
): Promise<void> {
  if (fault === 'reset') await sleep(resetDelayMs, signal)
  if (signal.aborted) return
  call.endHere()
  if (fault === 'reset') response.socket?.resetAndDestroy()
  if (fault === 'half-close') response.socket?.end()
  if (fault === 'clean-close') response.end()
}
