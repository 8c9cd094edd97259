'use client'
import { useId, useLayoutEffect } from 'react'
import type { Composer } from './composer-context.ts'

/** The ID of a part that describes the input of a composer, which names it for as long as the part is on the page. */
export function useDescription(
  { descriptions }: Composer,
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
