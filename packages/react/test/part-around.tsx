import type { Part } from '@fluokit/core'
import type { ReactNode } from 'react'
import { PartContext } from '../src/message/part-scope.ts'

interface PartAroundProps {
  readonly part: Part
  readonly isNewest?: boolean
  readonly children: ReactNode
}

/** A part around what a test renders, without a thread. */
export function PartAround({ part, isNewest = false, children }: PartAroundProps): ReactNode {
  const scope = {
    part,
    growing: null,
    isNewest,
    isBeforeAnswer: isNewest,
    nextStartedAt: undefined,
  }
  return <PartContext value={scope}>{children}</PartContext>
}
