import type { Run, Turn } from '../thread/thread-state.ts'

/** The turn as it is to be kept where it was kept before: no run of it is lost, and no messages give way to none. */
export function mergeTurn(known: Turn | undefined, turn: Turn): Turn {
  const given = new Map(turn.runs.map((run) => [run.id, run]))
  const before = known?.runs ?? []
  const beforeIds = new Set(before.map(({ id }) => id))
  const runs = before.map((run) => withMessages(given.get(run.id) ?? run, run))
  return { ...turn, runs: [...runs, ...turn.runs.filter(({ id }) => !beforeIds.has(id))] }
}

/** The IDs of the runs whose journals say nothing that the turn does not. */
export function runsWithMessages({ runs }: Turn): readonly string[] {
  return runs.filter(({ messages }) => messages.length > 0).map(({ id }) => id)
}

function withMessages(run: Run, { messages }: Run): Run {
  return run.messages.length === 0 && messages.length > 0 ? { ...run, messages } : run
}
