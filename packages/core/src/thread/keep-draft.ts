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
  /** The draft; null where it is empty. */
  current(): TurnInput | null
  /** Empties the draft, if it is still this one. */
  readonly drop: (draft: TurnInput) => void
  /** Puts another draft before this one's end. */
  add(draft: TurnInput): void
  /** Forgets the draft without storing that. */
  empty(): void
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
  /** What this tab has last stored or found: what another one wrote since is not emptied from here. */
  let own: string | null = null
  let isCleared = false
  let timer: ReturnType<typeof setTimeout> | undefined

  function flush(): void {
    clearTimeout(timer)
    timer = undefined
    const draft = storedOf(withQueued())
    if (!isRestored || (draft === null && record.current.draft === null)) return
    if (draft !== null) record.update({ draft })
    else record.update({ draft }, (newest) => JSON.stringify(newest.draft) === own)
    own = JSON.stringify(draft)
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

  function empty(): void {
    clearTimeout(timer)
    timer = undefined
    held = null
    own = 'null'
    store.setState(null, true)
  }

  return {
    store,
    set,
    restored() {
      if (isRestored || !record.isRead) return
      isRestored = true
      own = JSON.stringify(record.current.draft)
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
    current() {
      const draft = store.getState()
      return draft === null || isEmptyInput(draft) ? null : draft
    },
    drop(draft) {
      if (store.getState() === draft) set({ query: '' })
    },
    add(draft) {
      set(joinInputs(store.getState(), draft) ?? draft)
    },
    empty,
    clear() {
      isCleared = true
      empty()
    },
  }
}

function storedOf(draft: TurnInput | null): TurnInput | null {
  if (draft === null || isEmptyInput(draft)) return null
  return draft.query.length > most ? { ...draft, query: draft.query.slice(0, most) } : draft
}
