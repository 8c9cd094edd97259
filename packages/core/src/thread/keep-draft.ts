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
  readonly restored: () => void
  /** Stores what waits to be. */
  flush(): void
  /** Stores the draft anew, for what stands before it has changed. */
  save(): void
  /** Stores an input before the draft that was sent and stands in no record yet, until null takes its place. */
  hold(input: TurnInput | null): void
  /** Holds nothing any more, and leaves what is stored of it. */
  letGo(): void
  /** Empties the draft and gives what it was; null where it was empty. */
  take(): TurnInput | null
  /** Puts another draft before this one's end. */
  add(draft: TurnInput): void
  /** Forgets the draft without storing that, and takes no other. */
  clear(): void
}

/**
 * Keeps the draft of one thread. Nothing is stored before the record has been read, which would overwrite it. `queued`
 * is what was sent and not asked yet: it is stored before the draft, and a page that comes later writes on behind it.
 */
export function keepDraft(
  record: RecordKeeper,
  queued: () => readonly { readonly input: TurnInput }[],
): DraftKeeper {
  const store = createStore<TurnInput | null>(() => null)
  let isRestored = false
  let held: TurnInput | null = null
  let isCleared = false
  let timer: ReturnType<typeof setTimeout> | undefined

  function flush(): void {
    clearTimeout(timer)
    timer = undefined
    const draft = storedOf(withQueued())
    if (isRestored && (draft !== null || record.current.draft !== null)) record.update({ draft })
  }

  function withQueued(): TurnInput | null {
    const all = [held, ...queued().map(({ input }) => input), store.getState()]
    return all.reduce(joinInputs, null)
  }

  function set(draft: TurnInput): void {
    if (isCleared) return
    store.setState(draft, true)
    if (!isRestored) return
    if (draft.query.length <= small) flush()
    else timer ??= setTimeout(flush, pause)
  }

  return {
    store,
    set,
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
    save: flush,
    hold(input) {
      if (input === held) return
      held = input
      flush()
    },
    letGo() {
      held = null
    },
    take() {
      const taken = store.getState()
      if (taken === null || isEmptyInput(taken)) return null
      set({ query: '' })
      return taken
    },
    add(draft) {
      set(joinInputs(store.getState(), draft) ?? draft)
    },
    clear() {
      isCleared = true
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
