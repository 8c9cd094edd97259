import type { ReactNode } from 'react'

interface RenderProps<T> {
  readonly item: T
  readonly children: (item: T) => ReactNode
}

/** Calls a function child where a guard around it can catch what it throws. */
export function Render<T>({ item, children }: RenderProps<T>): ReactNode {
  return children(item)
}
