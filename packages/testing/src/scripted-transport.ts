import type { EventBatches, RunCursor, Transport } from '@fluokit/core'
import {
  createDecoder,
  FluoFault,
  guardThread,
  readSseBatches,
  type FluoEvent,
  type ThreadGuard,
} from '@fluokit/core/wire'
import { cutBytes, type Cut } from './cut-bytes.ts'
import { createEventWriter } from './event-writer.ts'
import { createPlayer, type Pace, type Player } from './player.ts'
import { refusalError, refusalEvent } from './refusal.ts'
import type { Script } from './script.ts'
import { shapeOf, type ShapeName } from './shapes.ts'
import type { EncodeShape } from './shapes/encode-shape.ts'
import { aborted, type Schedule } from './sleep.ts'
import { streamOf } from './stream-of.ts'

export interface ScriptedTransportOptions {
  /** Whether the player holds before the first step. @default false */
  readonly startPaused?: boolean
  /** The player's first speed. @default 1 */
  readonly speed?: number
  /** The payloads in which events are written. @default 'flat' */
  readonly shape?: ShapeName | EncodeShape
  /** How the bytes are cut. @default 'event' */
  readonly cut?: Cut
  /** The timer of the waits. @default setTimeout */
  readonly schedule?: Schedule
}

/**
 * A transport that plays scripts instead of calling anyone, and the player that paces it. Each start plays the next
 * script; the last one repeats. It can resume where a script says that the connection is `lost`. Events become bytes and are read by the kit's own reader, as from a network.
 */
export function scriptedTransport(
  script: Script | readonly Script[],
  options: ScriptedTransportOptions = {},
): { readonly transport: Transport; readonly player: Player } {
  const queue: readonly Script[] = 'steps' in script ? [script] : script
  const { player, pace } = createPlayer(options)
  const shape = shapeOf(options.shape ?? 'flat')
  const decode = createDecoder({})
  let runs = 0
  /** The runs whose connection was lost, and what is left of them. */
  const lost = new Map<string, Scene>()

  async function* play(scene: Scene, signal: AbortSignal): EventBatches {
    const { steps, write, guard, continuesThread } = scene
    const leaving = new AbortController()
    const left = AbortSignal.any([signal, leaving.signal])
    const lose = (rest: Script['steps']): void => {
      lost.set(scene.runId, { ...scene, steps: rest })
    }
    try {
      await refuse(steps[0], pace, left, continuesThread)
      const body = streamOf(playSteps(steps, pace, left, write, options.cut ?? 'event', lose))
      for await (const messages of readSseBatches(body, { signal })) {
        yield messages.flatMap((message) =>
          decode(message)
            .flatMap((event) => guard.check(event))
            .map((event) => ({ cursor: message.id || null, event })),
        )
      }
    } finally {
      leaving.abort()
      pace.end()
    }
  }

  const transport: Transport = {
    start({ runId, threadRef }, signal) {
      const { steps } = queue[Math.min(runs, queue.length - 1)] ?? { steps: [] }
      runs += 1
      const threadId = threadRef ?? `thread_scripted_${runs}`
      const write = createEventWriter({ shape: () => shape, threadId, runId })
      const guard = guardThread(threadRef)
      pace.begin(steps.length)
      return play({ runId, steps, write, guard, continuesThread: threadRef !== null }, signal)
    },
    ...(queue.some(({ steps }) => steps.some(isLost)) && {
      async *resume({ runId }: RunCursor, signal: AbortSignal): EventBatches {
        const scene = lost.get(runId)
        if (scene === undefined) throw new FluoFault({ code: 'empty', status: 204 })
        lost.delete(runId)
        yield* play(scene, signal)
      },
    }),
  }
  return { transport, player }
}

/** A run as far as it has not been played. */
interface Scene {
  readonly runId: string
  readonly steps: Script['steps']
  readonly write: (event: FluoEvent) => string
  readonly guard: ThreadGuard
  readonly continuesThread: boolean
}

function isLost(step: Script['steps'][number]): boolean {
  return 'fault' in step && step.fault === 'lost'
}

async function refuse(
  first: Script['steps'][number] | undefined,
  pace: Pace,
  signal: AbortSignal,
  continuesThread: boolean,
): Promise<void> {
  if (first === undefined || !('status' in first)) return
  await pace.next(signal)
  if (signal.aborted) return
  pace.advance()
  throw new FluoFault(refusalError(first, { continuesThread }))
}

/** The bytes of a run, step by step, until the signal aborts. Throws where the connection would break. */
async function* playSteps(
  steps: Script['steps'],
  pace: Pace,
  signal: AbortSignal,
  write: Scene['write'],
  cut: Cut,
  lose: (rest: Script['steps']) => void,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for (const [index, step] of steps.entries()) {
    const isByHand = (await pace.next(signal)) === 'by-hand'
    if (signal.aborted) return
    if ('waitMs' in step) {
      if (!isByHand) await pace.wait(step.waitMs, signal)
      if (signal.aborted) return
    }
    pace.advance()
    if ('event' in step) yield* cutBytes(write(step.event), cut)
    if ('bytes' in step) yield* cutBytes(step.bytes, cut)
    if ('status' in step) yield* cutBytes(write(refusalEvent(step)), cut)
    if (!('fault' in step)) continue
    if (step.fault === 'lost') lose(steps.slice(index + 1))
    if (step.fault === 'reset' || step.fault === 'lost') throw new FluoFault({ code: 'network' })
    if (step.fault === 'stall') await aborted(signal)
    return
  }
}
