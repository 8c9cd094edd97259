'use client'
import type { ReactNode } from 'react'
import type { ImageNode, Inline as InlineNode, LinkNode } from './nodes.ts'
import { useMarkdownLabels } from './use-markdown-labels.ts'

interface InlinesProps {
  readonly nodes: readonly InlineNode[]
}

/** What stands in a line. Renders no element of its own. */
export function Inlines({ nodes }: InlinesProps): ReactNode {
  return nodes.map((node, index) =>
    typeof node === 'string' ? node : <InlineElement key={index} node={node} />,
  )
}

interface InlineElementProps {
  readonly node: Exclude<InlineNode, string>
}

function InlineElement({ node }: InlineElementProps): ReactNode {
  switch (node.type) {
    case 'strong':
      return (
        <strong data-part="markdown-strong">
          <Inlines nodes={node.children} />
        </strong>
      )
    case 'emphasis':
      return (
        <em data-part="markdown-emphasis">
          <Inlines nodes={node.children} />
        </em>
      )
    case 'strike':
      return (
        <del data-part="markdown-strike">
          <Inlines nodes={node.children} />
        </del>
      )
    case 'code':
      return (
        <code data-part="markdown-inline-code" translate="no">
          {node.text}
        </code>
      )
    case 'break':
      return <br />
    case 'link':
      return <Link node={node} />
    case 'image':
      return <Image node={node} />
    default:
      node satisfies never
      return null
  }
}

/** An address of an answer is nobody's recommendation, and learns nothing of the page that leads to it. */
const away = { rel: 'noopener noreferrer nofollow', target: '_blank', dir: 'auto' } as const

/** A link that leads nowhere it may lead is its words. */
function Link({ node: { href, title, children } }: { readonly node: LinkNode }): ReactNode {
  const words = <Inlines nodes={children} />
  if (href === null) return <span data-part="markdown-link">{words}</span>
  return (
    <a {...away} data-part="markdown-link" href={href} title={title ?? undefined}>
      {words}
    </a>
  )
}

/** Never an `<img>`: to fetch it would tell a stranger who reads this, and what an agent put into its address. */
function Image({ node: { href, alt } }: { readonly node: ImageNode }): ReactNode {
  const { image } = useMarkdownLabels()
  const words = alt.trim() === '' ? image : alt
  if (href === null) return <span data-part="markdown-image">{words}</span>
  return (
    <a {...away} data-part="markdown-image" href={href}>
      {words}
    </a>
  )
}
