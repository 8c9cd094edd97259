'use client'
import { memo, useEffect, useLayoutEffect, useRef, useState, type ReactNode } from 'react'
import { formatSpan } from './format-span.ts'
import type { RecordedRun, TimelineRow } from './recorded-run.ts'
import { kindOf } from './kind-of.ts'
import { summaryOf } from './summary-of.ts'
import type { TextKeeper } from './text-keeper.ts'
import { words } from './words.ts'

/** How tall a row is, in pixels, as the style sheet says. */
const rowHeight = 26

/** Whoever has no pointer scrolls by keys, which need the focus and a name. */
const scrolls = { role: 'group', tabIndex: 0 } as const

interface RunRowsTableProps {
  readonly run: RecordedRun
  readonly keep: TextKeeper
}

/** The timeline of a run as a table, with the rows near the view only. Stays at its end while it is there. */
export function RunRowsTable({ run, keep }: RunRowsTableProps): ReactNode {
  const ref = useRef<HTMLDivElement>(null)
  const isAtEnd = useRef(true)
  const [view, setView] = useState({ top: 0, height: 0 })
  const { rows } = run
  const count = Math.ceil((view.height || 600) / rowHeight) + 16
  const from = Math.max(0, Math.min(Math.floor(view.top / rowHeight) - 8, rows.length - count))
  const shown = rows.slice(from, from + count)
  const below = rows.length - from - shown.length

  useEffect(() => {
    const scroller = ref.current
    if (scroller === null || typeof ResizeObserver === 'undefined') return
    const sizes = new ResizeObserver(() =>
      setView({ top: scroller.scrollTop, height: scroller.clientHeight }),
    )
    sizes.observe(scroller)
    return () => sizes.disconnect()
  }, [])

  useLayoutEffect(() => {
    const scroller = ref.current
    if (scroller !== null && isAtEnd.current && !run.isOver)
      scroller.scrollTop = scroller.scrollHeight
  }, [run, rows.length, view.height])

  function onScroll(): void {
    const scroller = ref.current
    if (scroller === null) return
    const { scrollTop: top, clientHeight: height, scrollHeight } = scroller
    isAtEnd.current = scrollHeight - height - top < rowHeight
    setView({ top, height })
  }

  return (
    <div ref={ref} data-fluo-rows="" {...scrolls} aria-label={words.timeline} onScroll={onScroll}>
      <table aria-rowcount={rows.length + 1}>
        <thead>
          <tr aria-rowindex={1}>
            <th scope="col">{words.columns.at}</th>
            <th scope="col">{words.columns.kind}</th>
            <th scope="col">{words.columns.summary}</th>
          </tr>
        </thead>
        <tbody>
          {from > 0 && <Gap rows={from} />}
          {shown.map((row, index) => (
            <Row key={from + index} row={row} index={from + index} keep={keep} />
          ))}
          {below > 0 && <Gap rows={below} />}
        </tbody>
      </table>
    </div>
  )
}

interface RowProps {
  readonly row: TimelineRow
  readonly index: number
  readonly keep: TextKeeper
}

/** A line, which renders again when it has grown. */
const Row = memo(function Row({ row, index, keep }: RowProps): ReactNode {
  const kind = kindOf(row)
  return (
    <tr aria-rowindex={index + 2} data-fluo-kind={kind}>
      <td>{formatSpan(row.at)}</td>
      <td>{kind}</td>
      <td>{summaryOf(row, keep)}</td>
    </tr>
  )
})

function Gap({ rows }: { readonly rows: number }): ReactNode {
  return (
    <tr aria-hidden="true" style={{ height: rows * rowHeight }}>
      <td colSpan={3}>{'\u00a0'}</td>
    </tr>
  )
}
