'use client'
import type { FluoClient } from '@fluokit/core'
import { useId, useMemo, useRef, useState, type ReactNode } from 'react'
import { Guard } from '../part/guard.tsx'
import { ExportBar } from './export-bar.tsx'
import type { RecordedRun } from './recorded-run.ts'
import type { Recorder } from './recorder.ts'
import type { References } from './references.ts'
import { RunFacts } from './run-facts.tsx'
import { RunPicture } from './run-picture.tsx'
import { RunRowsTable } from './run-rows-table.tsx'
import { RunsList } from './runs-list.tsx'
import { createTextKeeper } from './text-keeper.ts'
import { useRecorder } from './use-recorder.ts'
import { useStyles } from './use-styles.ts'
import { words } from './words.ts'

interface PanelProps {
  readonly client: FluoClient
  readonly theme: 'light' | 'dark' | undefined
}

/** The devtools themselves. Renders a `<section>`. */
export function Panel({ client, theme }: PanelProps): ReactNode {
  const ref = useRef<HTMLElement>(null)
  const recorder = useRecorder(client)
  useStyles(ref)
  return (
    <section
      ref={ref}
      data-fluo-devtools=""
      data-theme={theme}
      aria-label={words.panel}
      lang="en"
      translate="no"
      dir="ltr"
    >
      {recorder !== null && (
        <Guard fallback={(_error, again) => <Broken onAgain={again} />}>
          <Recorded recorder={recorder} />
        </Guard>
      )}
    </section>
  )
}

/** What was recorded cannot be shown, and the application around it goes on. */
function Broken({ onAgain }: { readonly onAgain: () => void }): ReactNode {
  return (
    <div data-fluo-bar="">
      <span role="alert">{words.broken}</span>
      <button type="button" onClick={onAgain}>
        {words.again}
      </button>
    </div>
  )
}

function Recorded({ recorder }: { readonly recorder: Recorder }): ReactNode {
  const [chosen, setChosen] = useState<number | null>(null)
  const [isRevealed, setRevealed] = useState(false)
  const hint = useId()
  const runs = recorder.runs()
  const run = runs.find(({ number }) => number === chosen) ?? runs[0]
  return (
    <>
      <div data-fluo-bar="">
        <label title={words.revealHint}>
          <input
            type="checkbox"
            checked={isRevealed}
            aria-describedby={hint}
            onChange={(event) => setRevealed(event.currentTarget.checked)}
          />
          {words.reveal}
        </label>
        <span id={hint} hidden>
          {words.revealHint}
        </span>
        <button type="button" disabled={runs.length === 0} onClick={recorder.clear}>
          {words.clear}
        </button>
      </div>
      {run === undefined ? (
        <p data-fluo-empty="">{words.noRuns}</p>
      ) : (
        <div data-fluo-columns="">
          <RunsList
            runs={runs}
            chosen={run.number}
            // The newest one is followed until another one is chosen.
            onChoose={(number) => setChosen(number === runs[0]?.number ? null : number)}
          />
          <ChosenRun
            key={run.number}
            run={run}
            references={recorder.references}
            isRevealed={isRevealed}
          />
        </div>
      )}
    </>
  )
}

interface ChosenRunProps {
  readonly run: RecordedRun
  readonly references: References
  readonly isRevealed: boolean
}

function ChosenRun({ run, references, isRevealed }: ChosenRunProps): ReactNode {
  const known = references.count()
  const keep = useMemo(() => {
    void known // what was written down before a reference was known is written anew
    return createTextKeeper(!isRevealed, references, run)
  }, [isRevealed, references, run, known])
  return (
    <div data-fluo-run="">
      <RunFacts run={run} isRevealed={isRevealed} hide={references.hide} />
      <RunPicture run={run} />
      <RunRowsTable run={run} keep={keep} />
      <ExportBar run={run} references={references} isRevealed={isRevealed} />
    </div>
  )
}
