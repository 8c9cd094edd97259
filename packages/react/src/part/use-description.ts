'use client'
import { useId, useLayoutEffect } from 'react'
import type { StoreApi } from 'zustand/vanilla'

/** The ID of a part that describes another, which names all of `descriptions` for as long as they are on the page. */
export function useDescription(
  descriptions: StoreApi<readonly string[]>,
  given: string | undefined,
  isShown: boolean,
): string {
  const own = useId()
  const id = given ?? own
  useLayoutEffect(() => {
    if (!isShown) return undefined
    descriptions.setState((ids) => [...ids, id], true)
    return () => descriptions.setState((ids) => ids.filter((other) => other !== id), true)
  }, [descriptions, id, isShown])
  return id
}
