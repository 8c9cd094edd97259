import { isBusy, type Thread, type ThreadState, type TurnInput } from '@fluokit/core'
import { fileInputOf, withFile } from './composer/draft.ts'
import { threadFiles } from './attachment/thread-files.ts'
import { filesOf, isSameFile, type TurnFile } from './attachment/turn-file.ts'

type Files = readonly TurnFile[]

/**
 * Takes the files of each turn that is sent from now on out of the thread's draft, for people who send without a composer. They
 * come back if the turn is withdrawn before it was asked. Returns the end of it.
 */
export function followSentFiles(thread: Thread): () => void {
  const all = threadFiles(thread)
  const taken = new Map<string, Files>()
  let seen = idsOf(thread.store.getState())

  function look(): void {
    const state = thread.store.getState()
    const before = seen
    seen = idsOf(state)
    for (const { id, input } of turnsOf(state)) if (!before.has(id)) take(id, input)
    if (taken.size === 0) return
    for (const [id, files] of taken) {
      if (!seen.has(id)) setFiles(all.getState().reduce(withFile, files))
      if (!seen.has(id) || isAccepted(state, id)) taken.delete(id)
    }
  }

  function take(id: string, input: TurnInput): void {
    const sent = filesOf(input)
    const files = all.getState()
    const going = files.filter((file) => sent.some((other) => isSameFile(file, other)))
    if (going.length === 0) return
    taken.set(id, going)
    setFiles(files.filter((file) => !going.includes(file)))
  }

  function setFiles(files: Files): void {
    const { documents: _, images: __, audios: ___, ...rest } = thread.draft.getState() ?? noText
    thread.setDraft({ ...rest, ...fileInputOf(files) })
  }

  return thread.store.subscribe(look)
}

const noText: TurnInput = { query: '' }

function turnsOf({ turns, queued }: ThreadState): readonly Asked[] {
  return [...turns.slice(-1), ...queued]
}

interface Asked {
  readonly id: string
  readonly input: TurnInput
}

function idsOf({ turns, queued }: ThreadState): ReadonlySet<string> {
  return new Set([...turns, ...queued].map(({ id }) => id))
}

/** Whether a turn will not be withdrawn any more: something of it has come, or it is over. */
function isAccepted(state: ThreadState, id: string): boolean {
  const turn = state.turns.find((other) => other.id === id)
  const run = turn?.runs.at(-1)
  if (run === undefined) return false
  return run.messages.length > 0 || run.end !== null || !isBusy(state)
}
