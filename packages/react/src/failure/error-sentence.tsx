'use client'
import type { FluoError, RunEnd } from '@fluokit/core'
import type { ReactNode } from 'react'
import type { Labels } from '../labels.ts'
import { sentenceFor } from './sentence-for.ts'
import { useSecondsUntil } from './use-seconds-until.ts'

export interface ErrorSentenceProps {
  readonly error: FluoError
  readonly end: RunEnd
  readonly labels: Labels
}

/** The sentence for an error, and how long to wait where the server said so. Re-renders once a second while it counts. */
export function ErrorSentence({ error, end, labels }: ErrorSentenceProps): ReactNode {
  const seconds = useSecondsUntil(error.retryAt ?? null)
  const sentence = sentenceFor(error, end, labels)
  return (
    <span>
      {sentence}
      {seconds > 0 && <span aria-hidden="true"> {labels.retryIn(seconds)}</span>}
    </span>
  )
}
