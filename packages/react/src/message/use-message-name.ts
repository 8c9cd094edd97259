'use client'
import { useLabels } from '../use-labels.ts'
import { useIsHydrated } from '../part/use-is-hydrated.ts'
import { momentOf } from './moment-of.ts'
import { useMessage } from './message-context.ts'

/** Who speaks and when, in the labels' words. */
export function useMessageName(): string {
  const { you, assistant, moment, messageName } = useLabels()
  const message = useMessage()
  const isHydrated = useIsHydrated()
  const at = momentOf(message)
  return messageName(
    message.role === 'user' ? you : assistant,
    isHydrated && at !== null ? moment(at) : null,
  )
}
