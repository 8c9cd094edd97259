'use client'
import { memo, type ReactNode } from 'react'
import { Grouped } from './grouped.tsx'
import { Inlines } from './inline.tsx'
import type { Align, Inline, TableNode } from './nodes.ts'
import { useMarkdownLabels } from './use-markdown-labels.ts'

interface TableProps {
  readonly node: TableNode
  readonly isEnd: boolean
}

/** Whoever has no pointer scrolls by keys, which need the focus and a name. */
const scrolls = { role: 'group', tabIndex: 0 } as const

/** A table inside of what scrolls it, which keys reach. */
export function Table({ node: { align, head, rows }, isEnd }: TableProps): ReactNode {
  const { table } = useMarkdownLabels()
  return (
    <div {...scrolls} data-part="markdown-table" aria-label={table}>
      <table>
        <thead>
          <tr>
            {head.map((cell, column) => (
              <th key={column} scope="col" dir="auto" data-align={align[column] ?? undefined}>
                <Inlines nodes={cell} />
              </th>
            ))}
          </tr>
        </thead>
        {rows.length > 0 && (
          <tbody>
            <Grouped items={rows} isEnd={isEnd}>
              {(row, index, isHere) => <Row key={index} row={row} align={align} isEnd={isHere} />}
            </Grouped>
          </tbody>
        )}
      </table>
    </div>
  )
}

interface RowProps {
  readonly row: readonly (readonly Inline[])[]
  readonly align: readonly Align[]
  readonly isEnd: boolean
}

const Row = memo(function Row({ row, align, isEnd }: RowProps): ReactNode {
  const last = row.findLastIndex((cell) => cell.length > 0)
  return (
    <tr>
      {row.map((cell, column) => (
        <td
          key={column}
          dir="auto"
          data-align={align[column] ?? undefined}
          data-caret={isEnd && column === last ? '' : undefined}
        >
          <Inlines nodes={cell} />
        </td>
      ))}
    </tr>
  )
}, isSameRow)

/** How columns are aligned is the table's, and stays. */
function isSameRow(before: RowProps, after: RowProps): boolean {
  return before.row === after.row && before.isEnd === after.isEnd
}
