'use client'
import { memo, type ReactNode } from 'react'

interface RenderProps<T> {
  readonly item: T
  readonly children: (item: T) => ReactNode
}

/** Calls a function child where a guard around it can catch what it throws. Re-renders when the item or the function changes. */
export const Render = memo(function Render<T>({ item, children }: RenderProps<T>): ReactNode {
  return children(item)
}) as <T>(props: RenderProps<T>) => ReactNode
