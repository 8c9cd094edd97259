import { noTranscript, type Transcript } from '../memory/transcript-store.ts'
import { moveConversation } from './move-conversation.ts'
import { mergeTurns, onlyOpen, restoredTurns } from './restored-turns.ts'
import { isOverAs } from './run-end.ts'
import { createResumer, type ResumeSetup } from './resume-open.ts'
import type { ThreadSetup } from './owned-thread.ts'
import type { TranscriptKeeper } from './thread-ports.ts'
import type { OpenTurn } from './thread-record.ts'
import { atRest, emptyThread, type Turn } from './thread-state.ts'
import { endedPatch, isBusy } from './turns.ts'

/** After this long, a thread is shown without its transcript, in milliseconds. */
const longestLoad = 2000

export interface RestoreSetup extends ResumeSetup {
  readonly transcript?: TranscriptKeeper | undefined
  /** A send waits for its turn: it looks by itself whether anything has changed. */
  readonly isAsking: () => boolean
  /** What was shown at first. */
  readonly turns: readonly Turn[]
  /** Goes on with a conversation that has moved. */
  readonly archive: ThreadSetup['archive']
  /** The record has been read. */
  readonly onRecordRead: () => void
  /** Another tab has begun a new conversation under this key: what runs here is left, what waits its sender's again. */
  readonly leave: () => void
  /** Gives up what waits to be asked again, unless it is the record's open turn. Says whether it did. */
  readonly giveUpUnless: (openRunId: string | undefined) => boolean
}

/** Brings what is remembered of a thread into its state. */
export interface ThreadRestorer {
  /** Reads what is remembered, once. The promise is of the record alone: nobody waits for a transcript. */
  readonly restore: () => Promise<void> | null
  /** Reads again what another tab may have changed; `isNews` says that it has changed something. */
  readonly refresh: (isNews: boolean) => Promise<void>
  /** The thread is free again: reads what there was no time for while it was busy. */
  readonly catchUp: () => void
  /** The thread shows the conversation of the record as it is now. */
  readonly follow: () => void
  /** Whether that is so, and not that another tab has begun a new one. */
  readonly isCurrent: () => boolean
  /** Waits for nothing any more. */
  readonly end: () => void
}

export function createRestorer(setup: RestoreSetup): ThreadRestorer {
  const { record, transcript, tabs, initialTurns, isDisposed } = setup
  const { getState, setState } = setup.store
  const resumer = createResumer(setup)
  let reading: Promise<void> | null = null
  let isRecordRead = false
  let shownId = record.current.id
  let hasMissed = false
  const timers = new Set<ReturnType<typeof setTimeout>>()

  function restore(): Promise<void> | null {
    if (isRecordRead || reading !== null) return reading
    tabs.open()
    const restoring = record.restore()
    if (restoring === undefined) recordRead()
    else reading = restoring.then(recordRead)
    return reading
  }

  function recordRead(): void {
    reading = null
    isRecordRead = true
    if (record.replaced !== null) moveConversation(setup, record.replaced, [])
    setup.onRecordRead()
    follow()
    if (!getState().isRestoring) return
    const { open } = record.current
    const mayRun = (tabs.hasLocks && open?.end === null) || resumer.mayGoOn(open)
    const isWhole = transcript === undefined && !mayRun
    if (isWhole || !record.isStored) show(noTranscript, open)
    else void load(open)
  }

  /** Shows what is kept; without it if it is late, and with it once it is there. */
  async function load(open: OpenTurn | null): Promise<void> {
    const { id } = record.current
    const isLate = !getState().isRestoring && isOverAs(open?.end) // whoever ended it is about to keep it, and tells
    if (isLate) setState(atRest)
    const isGone = (): boolean => isDisposed() || record.current.id !== id
    const late = setTimeout(() => {
      if (!isGone()) void present(noTranscript, open)
    }, longestLoad)
    timers.add(late)
    const [loaded, isElsewhere] = await Promise.all([
      transcript?.load(id) ?? noTranscript,
      tabs.probe(),
    ])
    clearTimeout(late)
    timers.delete(late)
    if (isGone()) return
    // A run of another tab is neither over nor ours to settle.
    const ours = isLate || (isElsewhere && open?.end === null) ? null : open
    await present(initialTurns.length === 0 ? loaded : onlyOpen(loaded, ours), ours)
    const turn = getState().turns.find((shown) => shown.id === ours?.turnId)
    const isOver = turn?.runs.every(({ end }) => end !== null) === true
    if (isOver && !isGone()) void keep(id, turn)
  }

  /** Goes on with the open turn where that can be, and shows it as it was left where not. */
  async function present(kept: Transcript, open: OpenTurn | null): Promise<void> {
    if (!resumer.mayGoOn(open)) return show(kept, open)
    const { id } = record.current
    if ((await resumer.goOn(open, kept)) || isDisposed() || record.current.id !== id) return
    const hasAsked = getState().turns.some((turn) => !setup.turns.includes(turn))
    if (isBusy(getState()) || hasAsked) return show(kept, open) // a question that came first took its place
    const { open: current } = record.current
    show(kept, current?.end === null ? null : current) // another tab answers it, or has by now
  }

  /** A turn that was left is kept whole; an answer that is over is then no open turn any more. */
  async function keep(id: string, turn: Turn): Promise<void> {
    const run = turn.runs.at(-1)
    if ((await transcript?.put(id, turn)) !== true || !isOverAs(run?.end) || isDisposed()) return
    const isStillOpen = record.current.open?.run.runId === run?.id
    if (!isStillOpen) return
    record.update(
      { open: null },
      (newest) => newest.id === id && newest.open?.run.runId === run?.id,
    )
  }

  function show(kept: Transcript, open: OpenTurn | null): void {
    const { turns } = getState()
    const found = mergeTurns(turns, restoredTurns(kept, open), initialTurns, isBusy(getState()))
    const merged = setup.tools?.checkTurns(found) ?? found
    const last = merged.at(-1)
    const run = last?.runs.at(-1)
    const isLeft = last?.id === open?.turnId && record.current.open?.turnId === open?.turnId
    setState({
      isRestoring: false,
      turns: merged,
      ...(!isBusy(getState()) && isLeft && run !== undefined && endedPatch(run)),
    })
  }

  function follow(): void {
    shownId = record.current.id
  }

  async function refresh(isNews: boolean): Promise<void> {
    if (!isRecordRead || isDisposed()) return
    hasMissed ||= setup.isAsking()
    if (setup.isAsking()) return
    const before = record.current
    await record.refresh()
    const { current } = record
    if (isDisposed() || (current === before && !isNews)) return
    if (current.id !== shownId) {
      follow()
      setup.leave()
      if (isBusy(getState()) || getState().turns !== initialTurns) {
        setState({ ...emptyThread, writer: getState().writer })
      }
    }
    hasMissed = isBusy(getState())
    if (hasMissed) return // what this tab writes is newer than whatever it could read
    const openRunId = current.open?.run.runId
    const isGivenUp = setup.giveUpUnless(openRunId)
    const isSame = openRunId === before.open?.run.runId && !isGivenUp
    if (!isSame || current.open === null) setState(atRest)
    const mayRun = !tabs.hasLocks && current.open?.end === null
    await load(mayRun ? null : current.open)
  }

  return {
    restore,
    refresh,
    catchUp() {
      if (hasMissed) queueMicrotask(() => void refresh(true)) // once the end of the run is shown
    },
    follow,
    isCurrent: () => record.current.id === shownId,
    end() {
      for (const timer of timers) clearTimeout(timer)
    },
  }
}
