'use client'
import { use, useMemo, type ReactNode } from 'react'
import { useLabels } from '../use-labels.ts'
import { usePart, type PartProps } from '../part/use-part.ts'
import { HydrationContext, useMessageOutline } from './message-context.ts'
import { momentOf } from './moment-of.ts'

export type MessageTimestampState = Record<never, never>
export type MessageTimestampProps = PartProps<'time', MessageTimestampState>

/**
 * When a message was sent or began to arrive, in the words of `labels.moment`. Renders a `<time>`, and nothing where
 * that is not known or on a server, which does not know the person's clock.
 */
export function MessageTimestamp(props: MessageTimestampProps): ReactNode {
  const { moment } = useLabels()
  const isHydrated = use(HydrationContext)()
  const at = momentOf(useMessageOutline())
  const shown = isHydrated ? at : null
  const time = useMemo(
    () =>
      shown === null ? null : { dateTime: new Date(shown).toISOString(), children: moment(shown) },
    [shown, moment],
  )
  const element = usePart('time', props, {
    part: 'message-timestamp',
    state: {},
    props: time ?? {},
  })
  return time === null ? null : element
}
