'use client'
import { memo, use, type NamedExoticComponent, type ReactNode } from 'react'
import { Code } from './code.tsx'
import { Grouped } from './grouped.tsx'
import { Inlines } from './inline.tsx'
import { List } from './list.tsx'
import { MarkdownOptionsContext } from './markdown-options.ts'
import type { Block as BlockNode } from './nodes.ts'
import { Table } from './table.tsx'

interface BlocksProps {
  readonly nodes: readonly BlockNode[]
  /** Whether the text grows at the end of the last of them. */
  readonly isEnd: boolean
}

/** Blocks below each other. Renders no element of its own. */
export function Blocks({ nodes, isEnd }: BlocksProps): ReactNode {
  return (
    <Grouped items={nodes} isEnd={isEnd}>
      {(node, index, isHere) => <Block key={index} node={node} isEnd={isHere} />}
    </Grouped>
  )
}

interface BlockProps {
  readonly node: BlockNode
  readonly isEnd: boolean
}

/** One block, in the direction of its words. Re-renders only when it changes, and when the text grows here no more. */
export const Block: NamedExoticComponent<BlockProps> = memo(function Block({
  node,
  isEnd,
}: BlockProps): ReactNode {
  const caret = isEnd ? '' : undefined
  switch (node.type) {
    case 'paragraph':
      return (
        <p data-part="markdown-paragraph" data-caret={caret} dir="auto">
          <Inlines nodes={node.children} />
        </p>
      )
    case 'heading':
      return <Heading node={node} isEnd={isEnd} />
    case 'quote':
      return (
        <blockquote data-part="markdown-quote" dir="auto">
          <Blocks nodes={node.children} isEnd={isEnd} />
        </blockquote>
      )
    case 'rule':
      return <hr data-part="markdown-rule" />
    case 'plain':
      return (
        <pre data-part="markdown-plain" data-caret={caret} dir="auto">
          {node.text}
        </pre>
      )
    case 'code':
      return <Code node={node} isEnd={isEnd} />
    case 'list':
      return <List node={node} isEnd={isEnd} />
    case 'table':
      return <Table node={node} isEnd={isEnd} />
    default:
      node satisfies never
      return null
  }
})

interface HeadingProps {
  readonly node: Extract<BlockNode, { readonly type: 'heading' }>
  readonly isEnd: boolean
}

/** Headings of an answer stand below the heading of its message; levels that there are none of are the last. */
function Heading({ node: { level, children }, isEnd }: HeadingProps): ReactNode {
  const { headingLevel } = use(MarkdownOptionsContext)
  const Tag = `h${Math.min(6, headingLevel + level - 1)}` as 'h1'
  return (
    <Tag
      data-part="markdown-heading"
      data-level={level}
      data-caret={isEnd ? '' : undefined}
      dir="auto"
    >
      <Inlines nodes={children} />
    </Tag>
  )
}
