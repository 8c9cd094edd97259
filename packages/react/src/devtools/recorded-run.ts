import type { Activity, FluoError, FluoEvent, RunEnd, ThreadStatus } from '@fluokit/core'

/**
 * An event as it was read, or a burst of deltas between two commits. `texts` are the pieces of text in it, `count` how many events
 * it stands for, `length` how long their text is in UTF-16 units. The event itself has no text and no reference of a thread: `reference` counts the references seen.
 */
export interface EventRow {
  readonly kind: 'event'
  readonly at: number
  readonly event: FluoEvent
  readonly texts: readonly string[]
  readonly count: number
  readonly length: number
  readonly reference: number | null
}

/** What a thread's store was given to show: so many messages, parts and chunks, after so many events. */
export interface CommitRow {
  readonly kind: 'commit'
  readonly at: number
  readonly events: number
  readonly messages: number
  readonly parts: number
  readonly chunks: number
}

/** What the thread says of itself from here on. */
export interface StateRow {
  readonly kind: 'state'
  readonly at: number
  readonly status: ThreadStatus
  readonly activity: Activity
}

/** How the run ended. */
export interface EndRow {
  readonly kind: 'end'
  readonly at: number
  readonly end: RunEnd
  readonly error: FluoError | null
}

/** One line of a timeline. `at` is milliseconds since the run began. */
export type TimelineRow = EventRow | CommitRow | StateRow | EndRow

/** A run as it was watched. The last row of an open one grows, and others come. */
export interface RecordedRun {
  /** Counts the runs of a recording, from 1. */
  readonly number: number
  /** Counts its threads, from 1. */
  readonly threadNumber: number
  readonly runId: string
  readonly agentId: string
  readonly threadKey: string
  /** When it began, in milliseconds since the epoch. */
  readonly startedAt: number
  readonly rows: readonly TimelineRow[]
  /** Nothing more of it is expected. */
  readonly isOver: boolean
  /** Null while it is open, and where nobody saw its end: its thread was reset, or its page left. */
  readonly end: RunEnd | null
  /** Whether all of its events are here: it began while it was watched, and none had to be dropped. */
  readonly isWhole: boolean
}
