'use client'
import { memo, type NamedExoticComponent, type ReactNode } from 'react'

/** A frame compares groups of this size, and renders those only in which something is another. */
const groupSize = 32

interface GroupedProps<Item> {
  readonly items: readonly Item[]
  /** Whether the text grows at the end of the last of them. */
  readonly isEnd: boolean
  /** What all of them look at beside themselves: they render again when it is another. */
  readonly shared?: unknown
  readonly children: (item: Item, index: number, isEnd: boolean) => ReactNode
}

/** Many of a kind, of which only the last ones change. Renders no element of its own. */
export function Grouped<Item>({ items, isEnd, shared, children }: GroupedProps<Item>): ReactNode {
  const last = items.length - 1
  const render = (from: number): ReactNode =>
    items
      .slice(from, from + groupSize)
      .map((item, index) => children(item, from + index, isEnd && from + index === last))
  return Array.from({ length: Math.ceil(items.length / groupSize) }, (_, group) => {
    const from = group * groupSize
    const end = isEnd && last < from + groupSize ? last : null
    return <Group key={group} items={items} from={from} end={end} shared={shared} render={render} />
  })
}

interface GroupProps {
  readonly items: readonly unknown[]
  readonly from: number
  /** The item of this group at which the text grows, if it is in this one. */
  readonly end: number | null
  readonly shared: unknown
  /** Another function each time, which renders the same for the same items. */
  readonly render: (from: number) => ReactNode
}

const Group: NamedExoticComponent<GroupProps> = memo(function Group({ from, render }) {
  return render(from)
}, isSameGroup)

function isSameGroup(before: GroupProps, after: GroupProps): boolean {
  if (before.end !== after.end || before.shared !== after.shared) return false
  for (let index = after.from; index < after.from + groupSize; index += 1) {
    if (before.items[index] !== after.items[index]) return false
  }
  return true
}
