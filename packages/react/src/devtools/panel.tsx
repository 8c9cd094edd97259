'use client'
import type { FluoClient } from '@fluokit/core'
import { useId, useMemo, useRef, useState, type ReactNode } from 'react'
import { ExportBar } from './export-bar.tsx'
import type { Recorder } from './recorder.ts'
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
      {recorder !== null && <Recorded recorder={recorder} />}
    </section>
  )
}

function Recorded({ recorder }: { readonly recorder: Recorder }): ReactNode {
  const [chosen, setChosen] = useState<number | null>(null)
  const [isRevealed, setRevealed] = useState(false)
  const hint = useId()
  const keep = useMemo(
    () => createTextKeeper(!isRevealed, recorder.references),
    [isRevealed, recorder],
  )
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
          <div data-fluo-run="">
            <RunFacts run={run} isRevealed={isRevealed} hide={recorder.references.hide} />
            <RunPicture run={run} />
            <RunRowsTable key={run.number} run={run} keep={keep} />
            <ExportBar run={run} references={recorder.references} isRevealed={isRevealed} />
          </div>
        </div>
      )}
    </>
  )
}
