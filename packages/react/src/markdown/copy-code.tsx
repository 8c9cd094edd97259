'use client'
import { use, useEffect, useState, type ReactNode } from 'react'
import { RootContext } from '../chat-thread/root-context.ts'
import { useLabels } from '../use-labels.ts'
import { useMarkdownLabels } from './use-markdown-labels.ts'

interface CopyCodeProps {
  readonly lines: readonly string[]
}

/** How long the outcome of a press is shown, in milliseconds. */
const shownFor = 2000

/** Copies the code and nothing around it. Its name says for two seconds whether it worked, which is announced too. */
export function CopyCode({ lines }: CopyCodeProps): ReactNode {
  const { copied, copyFailed } = useLabels()
  const { copyCode } = useMarkdownLabels()
  const root = use(RootContext)
  const [outcome, setOutcome] = useState<{ readonly isDone: boolean } | null>(null)
  useEffect(() => {
    if (outcome === null) return
    const timer = setTimeout(() => setOutcome(null), shownFor)
    return () => clearTimeout(timer)
  }, [outcome])
  const said = outcome?.isDone === true ? copied : copyFailed
  return (
    // The words of an input are no text of the page: whoever selects an answer does not copy them.
    <input
      type="button"
      value={outcome === null ? copyCode : said}
      data-part="markdown-code-copy"
      data-copied={outcome?.isDone === true ? '' : undefined}
      data-failed={outcome?.isDone === false ? '' : undefined}
      onClick={(event) => {
        const { clipboard } = event.currentTarget.ownerDocument.defaultView?.navigator ?? {}
        void write(clipboard, lines.join('\n')).then((isDone) => {
          setOutcome({ isDone })
          root?.announcer.say(isDone ? copied : copyFailed, 'polite')
        })
      }}
    />
  )
}

async function write(clipboard: Clipboard | undefined, text: string): Promise<boolean> {
  try {
    if (clipboard === undefined) return false // a page without a secure origin has none
    await clipboard.writeText(text)
    return true
  } catch {
    return false // refused by the person or by a policy
  }
}
