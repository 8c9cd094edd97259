import type { ReactNode } from 'react'
import { endOf } from './end-of.ts'
import type { RecordedRun } from './recorded-run.ts'
import { formatSpan } from './format-span.ts'
import { words } from './words.ts'

interface RunFactsProps {
  readonly run: RecordedRun
  readonly isRevealed: boolean
  readonly hide: (text: string) => string
}

/** Which run this is, how long it took and how it ended. IDs where they were asked for. */
export function RunFacts({ run, isRevealed, hide }: RunFactsProps): ReactNode {
  const ids = [run.agentId, run.threadKey, run.runId].map(hide)
  return (
    <div data-fluo-facts="">
      <h3>{words.run(run.number)}</h3>
      <span data-fluo-end={run.end ?? 'open'}>{endOf(run)}</span>
      <span>{words.thread(run.threadNumber)}</span>
      <span>{formatSpan(run.rows.at(-1)?.at ?? 0)}</span>
      <span>{words.entries(run.rows.length)}</span>
      {isRevealed && <code>{ids.join(' / ')}</code>}
      {!run.isWhole && <em>{words.notWhole}</em>}
    </div>
  )
}
