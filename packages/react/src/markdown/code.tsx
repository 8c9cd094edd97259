'use client'
import { memo, use, type ReactNode } from 'react'
import { CopyCode } from './copy-code.tsx'
import { MarkdownOptionsContext } from './markdown-options.ts'
import type { CodeNode } from './nodes.ts'
import { useMarkdownLabels } from './use-markdown-labels.ts'

interface CodeProps {
  readonly node: CodeNode
  readonly isEnd: boolean
}

/** Code is rendered in groups of this many lines, so that a frame renders the last one only. */
const groupSize = 32

/** Whoever has no pointer scrolls by keys, which need the focus and a name. */
const scrolls = { role: 'group', tabIndex: 0, translate: 'no' } as const

/** A block of code: its language, what copies it, and the code, which runs from left to right. */
export function Code({ node, isEnd }: CodeProps): ReactNode {
  const { language, lines, isOpen } = node
  const labels = useMarkdownLabels()
  const { renderCode } = use(MarkdownOptionsContext)
  return (
    <div data-part="markdown-code" data-open={isOpen ? '' : undefined}>
      <div data-part="markdown-code-bar">
        {language !== null && (
          <span data-part="markdown-code-language" translate="no">
            {language}
          </span>
        )}
        <CopyCode lines={lines} />
      </div>
      {renderCode === undefined ? (
        <pre
          {...scrolls}
          data-part="markdown-code-text"
          dir="ltr"
          aria-label={labels.code(language)}
        >
          <code data-caret={isEnd ? '' : undefined}>
            {Array.from({ length: Math.ceil(lines.length / groupSize) }, (_, group) => (
              <Lines key={group} lines={lines} from={group * groupSize} />
            ))}
          </code>
        </pre>
      ) : (
        renderCode({ code: lines.join('\n'), language, isOpen })
      )}
    </div>
  )
}

interface LinesProps {
  readonly lines: readonly string[]
  readonly from: number
}

const Lines = memo(function Lines({ lines, from }: LinesProps): ReactNode {
  const text = lines.slice(from, from + groupSize).join('\n')
  return from + groupSize < lines.length ? `${text}\n` : text
}, isSameGroup)

function isSameGroup(before: LinesProps, after: LinesProps): boolean {
  const end = after.from + groupSize
  if (before.lines.length > end !== after.lines.length > end) return false
  for (let index = after.from; index < end; index += 1) {
    if (before.lines[index] !== after.lines[index]) return false
  }
  return true
}
