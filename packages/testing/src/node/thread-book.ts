import { randomUUID } from 'node:crypto'
import type { StandInThread, StandInTurn } from './stand-in-thread.ts'
import { readThreads, saveThreads } from './state-file.ts'

/** The stand-in's threads, in memory and, with a file, beyond a restart. */
export interface ThreadBook {
  readonly threads: ReadonlyMap<string, StandInThread>
  newId(): string
  /** Writes a thread down, unless it is there. */
  open(threadId: string, agentId: string): void
  /** Adds a turn to the end of a thread. */
  append(threadId: string, turn: StandInTurn): void
}

const limits = { threads: 1000, turns: 200 }

/** Opens the book. It keeps the thousand threads that were used last, and two hundred turns of each. */
export function openThreadBook(file: string | undefined): ThreadBook {
  const threads = new Map(readThreads(file).map((thread) => [thread.id, thread]))
  const put = (thread: StandInThread): void => {
    threads.delete(thread.id) // so that the thread that was used last stands last
    threads.set(thread.id, thread)
    for (const id of [...threads.keys()].slice(0, -limits.threads)) threads.delete(id)
    saveThreads(file, [...threads.values()])
  }
  return {
    threads,
    newId: () => `thread_${randomUUID().replaceAll('-', '')}`,
    open(id, agentId) {
      if (!threads.has(id)) put({ id, agentId, history: [] })
    },
    append(threadId, turn) {
      const thread = threads.get(threadId)
      if (thread === undefined) return
      put({ ...thread, history: [...thread.history, turn].slice(-limits.turns) })
    },
  }
}
