import type { FluoEvent } from '@fluokit/core/wire'
import { hidden } from './mask.ts'

export interface UnknownHold {
  /** About how many characters are held. */
  readonly size: number
  /** What may go now, the event itself or those that were held before it, in order. */
  pass(event: FluoEvent, isThreadKnown: boolean): readonly FluoEvent[]
  /** Everything that was held, in order: Fluo's answer is whole, and showed no thread. */
  release(): readonly FluoEvent[]
  /** Everything that was held, in order, and without what it said: the ID may have been about to come. */
  hide(): readonly FluoEvent[]
}

/**
 * Holds `unknown` events back until the run's thread ID is known: their raw text may show it in a place that nothing
 * labels, where only a mask that has learnt the ID finds it. An error lets them go, without a word of theirs, as it ends a
 * browser's run.
 */
export function holdUnknown(): UnknownHold {
  let held: FluoEvent[] = []
  let size = 0
  const release = (): readonly FluoEvent[] => {
    const released = held
    held = []
    size = 0
    return released
  }
  const hide = (): readonly FluoEvent[] =>
    release().map((event) => (event.type === 'unknown' ? { ...event, raw: hidden } : event))
  return {
    release,
    hide,
    get size() {
      return size
    },
    pass(event, isThreadKnown) {
      if (isThreadKnown) return [...release(), event]
      if (event.type === 'error') return [...hide(), event]
      if (event.type !== 'unknown') return [event]
      held.push(event)
      size += event.event.length + event.raw.length
      return []
    },
  }
}
