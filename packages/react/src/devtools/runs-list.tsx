'use client'
import { useId, type ReactNode } from 'react'
import { endOf } from './end-of.ts'
import { formatSpan } from './format-span.ts'
import type { RecordedRun } from './recorded-run.ts'
import { words } from './words.ts'

interface RunsListProps {
  readonly runs: readonly RecordedRun[]
  readonly chosen: number
  readonly onChoose: (number: number) => void
}

/** The runs, newest first. Renders a group of radio buttons, one stop of Tab, in which arrows choose. */
export function RunsList({ runs, chosen, onChoose }: RunsListProps): ReactNode {
  const name = useId()
  return (
    <fieldset data-fluo-runs="">
      <legend>{words.runs}</legend>
      {runs.map((run) => (
        <label key={run.number}>
          <input
            type="radio"
            name={name}
            checked={run.number === chosen}
            onChange={() => onChoose(run.number)}
          />
          <strong>{words.run(run.number)}</strong>
          <span data-fluo-end={run.end ?? 'open'}>{endOf(run)}</span>
          <small>
            {words.thread(run.threadNumber)} · {formatSpan(run.rows.at(-1)?.at ?? 0)}
          </small>
        </label>
      ))}
    </fieldset>
  )
}
