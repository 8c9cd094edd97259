'use client'
import { useMemo, useState, type ReactNode } from 'react'
import { usePartScope } from '../message/message-context.ts'
import { useLatestPart } from '../message/use-latest-part.ts'
import { usePart, type PartProps } from '../part/use-part.ts'
import { Blocks } from './blocks.tsx'
import { KeepSelection } from './keep-selection.tsx'
import { MarkdownOptionsContext, type MarkdownCode } from './markdown-options.ts'
import { createReader } from './reader.ts'

/** `data-growing` while more of the text may come. */
export type MarkdownTextState = { readonly isGrowing: boolean }
export type MarkdownTextProps = PartProps<'div', MarkdownTextState> & {
  /** The level of a heading of the first rank; lower ranks follow, down to 6. @default 4, below `Message.Heading` */
  readonly headingLevel?: 1 | 2 | 3 | 4 | 5 | 6 | undefined
  /** Renders a block of code in the place of its `<pre>`: for a highlighter. Give it the same function each time. @default the code as it is */
  readonly renderCode?: ((code: MarkdownCode) => ReactNode) | undefined
}

/**
 * The text of the part around as Markdown, in the place of `Message.Text`. Renders a `<div>` with an element for each block, in the
 * direction of its words. Raw HTML is shown as text, no image is fetched, links lead to `http`, `https` and `mailto` only. What is half there while the answer grows is shown as what it
 * is going to be. Re-renders with its part; a block that has ended never does, and what is selected stays selected while the text grows.
 */
export function MarkdownText({
  headingLevel = 4,
  renderCode,
  ...props
}: MarkdownTextProps): ReactNode {
  const part = useLatestPart()
  const { isNewest: isGrowing } = usePartScope()
  const [reader] = useState(createReader)
  const blocks = reader.read('chunks' in part ? part.chunks : [], isGrowing)
  const options = useMemo(() => ({ headingLevel, renderCode }), [headingLevel, renderCode])
  const element = usePart('div', props, {
    part: 'markdown-text',
    state: { isGrowing },
    props: {
      children: (
        <KeepSelection>
          <Blocks nodes={blocks} isEnd={isGrowing} />
        </KeepSelection>
      ),
    },
  })
  return <MarkdownOptionsContext value={options}>{element}</MarkdownOptionsContext>
}
