import type { Turn } from '../thread/thread-state.ts'
import { isNext } from './is-next.ts'
import { mergeTurn, runsWithMessages } from './merge-turn.ts'
import type { RunJournal, TranscriptStore } from './transcript-store.ts'

interface Kept {
  readonly turns: Map<string, Turn>
  readonly journals: Map<string, RunJournal>
}

/** Transcripts that live as long as the page, for tests. Nothing bounds them. */
export function memoryTranscripts(): TranscriptStore {
  const records = new Map<string, Kept>()

  function open(recordId: string): Kept {
    const kept = records.get(recordId) ?? { turns: new Map(), journals: new Map() }
    records.set(recordId, kept)
    return kept
  }

  return {
    async load(recordId) {
      const { turns, journals } = records.get(recordId) ?? { turns: new Map(), journals: new Map() }
      return structuredClone({
        turns: [...turns.values()],
        journals: [...journals.values()],
      })
    },
    async put(recordId, turn) {
      const { turns, journals } = open(recordId)
      turns.set(turn.id, structuredClone(mergeTurn(turns.get(turn.id), turn)))
      for (const id of runsWithMessages(turn)) journals.delete(id)
    },
    async append(recordId, runId, events, cursor, after) {
      const { journals } = open(recordId)
      const before = journals.get(runId)
      if (before !== undefined && !isNext(before.cursor, after)) return
      const all = [...(before?.events ?? []), ...structuredClone(events)]
      journals.set(runId, { runId, events: all, ...(cursor !== undefined && { cursor }) })
    },
    async remove(recordId) {
      records.delete(recordId)
    },
    async clear(prefix) {
      for (const id of records.keys()) if (id.startsWith(prefix)) records.delete(id)
    },
  }
}
