'use client'
import { memo, type ReactNode } from 'react'
import { Block } from './blocks.tsx'
import { Grouped } from './grouped.tsx'
import { Inlines } from './inline.tsx'
import type { ItemNode, ListNode } from './nodes.ts'
import { useMarkdownLabels } from './use-markdown-labels.ts'

interface ListProps {
  readonly node: ListNode
  readonly isEnd: boolean
}

/** A list, as `<ul>` or `<ol>`. */
export function List({ node: { start, isLoose, items }, isEnd }: ListProps): ReactNode {
  const content = (
    <Grouped items={items} isEnd={isEnd} shared={isLoose}>
      {(item, index, isHere) => <Item key={index} item={item} isLoose={isLoose} isEnd={isHere} />}
    </Grouped>
  )
  if (start === null) {
    return (
      <ul data-part="markdown-list" dir="auto">
        {content}
      </ul>
    )
  }
  return (
    <ol data-part="markdown-list" dir="auto" start={start}>
      {content}
    </ol>
  )
}

interface ItemProps {
  readonly item: ItemNode
  readonly isLoose: boolean
  readonly isEnd: boolean
}

const Item = memo(function Item({ item, isLoose, isEnd }: ItemProps): ReactNode {
  const { isDone, children } = item
  const last = children.at(-1)
  const isHere = isEnd && (last === undefined || (!isLoose && last.type === 'paragraph'))
  return (
    <li data-part="markdown-item" data-caret={isHere ? '' : undefined} dir="auto">
      {isDone !== null && <Task isDone={isDone} />}
      {children.map((child, index) =>
        !isLoose && child.type === 'paragraph' ? (
          <Inlines key={index} nodes={child.children} />
        ) : (
          <Block key={index} node={child} isEnd={isEnd && child === last} />
        ),
      )}
    </li>
  )
})

/** A character that is read out by another name. */
const sign = { role: 'img' } as const

/** The mark of a task: a sign that says what it means, and nothing to press. */
function Task({ isDone }: { readonly isDone: boolean }): ReactNode {
  const { taskDone, taskOpen } = useMarkdownLabels()
  return (
    <>
      <span
        {...sign}
        data-part="markdown-task"
        data-done={isDone ? '' : undefined}
        aria-label={isDone ? taskDone : taskOpen}
      >
        {isDone ? '☑' : '☐'}
      </span>{' '}
    </>
  )
}
