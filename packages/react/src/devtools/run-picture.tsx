import type { ReactNode } from 'react'
import { formatSpan } from './format-span.ts'
import { lanesOf, width } from './lanes-of.ts'
import type { RecordedRun } from './recorded-run.ts'
import { words } from './words.ts'

/** A run in three lanes along its time: events as tall as their text is long, commits, and states. Renders an inline picture. */
export function RunPicture({ run }: { readonly run: RecordedRun }): ReactNode {
  const { total, events, commits, states } = lanesOf(run)
  const span = formatSpan(total)
  return (
    <div data-fluo-picture="">
      <div aria-hidden="true" data-fluo-lanes="">
        <span>{words.lanes.event}</span>
        <span>{words.lanes.commit}</span>
        <span>{words.lanes.state}</span>
      </div>
      <svg
        role="img"
        aria-label={words.picture(run, span)}
        viewBox={`0 0 ${width} 72`}
        preserveAspectRatio="none"
      >
        <path data-fluo-line="" d={`M0 24.5H${width}M0 48.5H${width}`} />
        {Object.entries(events).map(([kind, path]) => (
          <path key={kind} data-fluo-kind={kind} d={path} />
        ))}
        <path data-fluo-kind="commit" d={commits} />
        {states.map(({ from, to, status, activity }) => (
          <rect
            key={from}
            data-fluo-status={status}
            data-fluo-activity={activity}
            x={from}
            y={53}
            width={Math.max(to - from - 1, 1)}
            height={14}
          >
            <title>{`${status} · ${activity}`}</title>
          </rect>
        ))}
      </svg>
      <div aria-hidden="true" data-fluo-axis="">
        <span>0</span>
        <span>{formatSpan(total / 2)}</span>
        <span>{span}</span>
      </div>
    </div>
  )
}
