'use client'
import type { FluoErrorCode, RunEnd } from '@fluokit/core'
import type { ReactNode } from 'react'
import { ErrorSentence } from '../failure/error-sentence.tsx'
import { useLabels } from '../use-labels.ts'
import { usePart, type PartProps } from '../part/use-part.ts'
import { useMessageOutline } from './message-context.ts'

/** `data-code` is the error's code, `data-end` how the run ended. */
export type MessageErrorState = {
  readonly code: FluoErrorCode | null
  readonly end: RunEnd | null
}
export type MessageErrorProps = PartProps<'div', MessageErrorState>

/**
 * What went wrong with this answer, in one plain sentence: where an app wants it under the answer and not once for
 * the thread. Renders a `<div>` in an answer that ended with an error, and nothing otherwise. Children replace the sentence.
 */
export function MessageError(props: MessageErrorProps): ReactNode {
  const labels = useLabels()
  const message = useMessageOutline()
  const { error = null, end = null } = message.role === 'assistant' ? message : {}
  const isShown = error !== null && end !== null
  const element = usePart('div', props, {
    part: 'message-error',
    state: { code: error?.code ?? null, end },
    props: isShown ? { children: <ErrorSentence error={error} end={end} labels={labels} /> } : {},
  })
  return isShown ? element : null
}
