import type { Turn } from '../thread/thread-state.ts'
import type { FluoEvent } from '../wire/fluo-event.ts'
import { mergeTurn, runsWithMessages } from './merge-turn.ts'
import type { TranscriptStore } from './transcript-store.ts'

interface Kept {
  readonly turns: Map<string, Turn>
  readonly journals: Map<string, FluoEvent[]>
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
        journals: Array.from(journals, ([runId, events]) => ({ runId, events })),
      })
    },
    async put(recordId, turn) {
      const { turns, journals } = open(recordId)
      turns.set(turn.id, structuredClone(mergeTurn(turns.get(turn.id), turn)))
      for (const id of runsWithMessages(turn)) journals.delete(id)
    },
    async append(recordId, runId, events) {
      const { journals } = open(recordId)
      journals.set(runId, [...(journals.get(runId) ?? []), ...structuredClone(events)])
    },
    async remove(recordId) {
      records.delete(recordId)
    },
    async clear(prefix) {
      for (const id of records.keys()) if (id.startsWith(prefix)) records.delete(id)
    },
  }
}
