import { createStore } from 'zustand/vanilla'
import type { TurnInput } from '../wire/run-request.ts'
import { isEmptyInput } from './is-empty-input.ts'
import { joinInputs } from './join-inputs.ts'
import type { RecordKeeper } from './thread-ports.ts'
import type { ReadableStore } from './thread.ts'

/** A draft up to this length is stored in the tick in which it changes, a longer one after a pause; in UTF-16 units. */
const small = 5_000
const pause = 300
/** No more than this is stored of a draft; all of it stays in memory. */
const most = 250_000

/** What is being written to a thread, here and in its record. */
export interface DraftKeeper {
  /** Null until something has been written. */
  readonly store: ReadableStore<TurnInput | null>
  /** Shows and stores this draft. */
  readonly set: (draft: TurnInput) => void
  /** The record has been read: what it holds goes before what was written since. */
  restored(): void
  /** Stores what waits to be. */
  flush(): void
  /** Forgets the draft without storing that. */
  clear(): void
}

/** Keeps the draft of one thread. Nothing is stored before the record has been read, which would overwrite it. */
export function keepDraft(record: RecordKeeper): DraftKeeper {
  const store = createStore<TurnInput | null>(() => null)
  let isRestored = false
  let timer: ReturnType<typeof setTimeout> | undefined

  function flush(): void {
    clearTimeout(timer)
    timer = undefined
    const draft = storedOf(store.getState())
    if (isRestored && (draft !== null || record.current.draft !== null)) record.update({ draft })
  }

  return {
    store,
    set(draft) {
      store.setState(draft, true)
      if (!isRestored) return
      if (draft.query.length <= small) flush()
      else timer ??= setTimeout(flush, pause)
    },
    restored() {
      if (isRestored) return
      isRestored = true
      const before = store.getState()
      const draft = joinInputs(record.current.draft, before)
      if (draft === before || draft === null) return flush()
      store.setState(draft, true)
      if (before !== null) flush()
    },
    flush() {
      if (timer !== undefined) flush()
    },
    clear() {
      clearTimeout(timer)
      timer = undefined
      store.setState(null, true)
    },
  }
}

function storedOf(draft: TurnInput | null): TurnInput | null {
  if (draft === null || isEmptyInput(draft)) return null
  return draft.query.length > most ? { ...draft, query: draft.query.slice(0, most) } : draft
}
