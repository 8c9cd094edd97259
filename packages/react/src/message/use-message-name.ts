'use client'
import { use, useMemo } from 'react'
import { useLabels } from '../use-labels.ts'
import { momentOf } from './moment-of.ts'
import { HydrationContext, useMessageOutline } from './message-context.ts'

/** Who speaks and when, in the labels' words. */
export function useMessageName(): string {
  const { you, assistant, moment, messageName } = useLabels()
  const message = useMessageOutline()
  const isHydrated = use(HydrationContext)()
  const at = momentOf(message)
  const said = isHydrated ? at : null
  // Kept: telling a moment costs more than all else of a message that grows.
  const when = useMemo(() => (said === null ? null : moment(said)), [said, moment])
  return messageName(message.role === 'user' ? you : assistant, when)
}
