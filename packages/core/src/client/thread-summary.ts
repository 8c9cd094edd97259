import type { Thread } from '../thread/thread.ts'

/** Which conversation: an agent, and a key among those with it. */
export type ThreadName = Pick<Thread, 'agentId' | 'threadKey'>

/** One conversation in the list of all. It keeps its identity until something in it changes. */
export interface ThreadSummary extends ThreadName {
  /** What a person called it, else the first words of its first question; null where that had none. */
  readonly title: string | null
  /** When something was last sent in it, in milliseconds since the epoch. */
  readonly updatedAt: number
  /**
   * Whether it is being answered: here, in another tab, or, for all that is known, on the server, where it is gone on with
   * once the thread is opened.
   */
  readonly isRunning: boolean
}
