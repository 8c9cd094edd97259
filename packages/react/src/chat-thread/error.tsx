'use client'
import type { FluoErrorCode, RunEnd } from '@fluokit/core'
import { use, useLayoutEffect, type ReactNode } from 'react'
import { useLabels } from '../use-labels.ts'
import { usePart, type PartProps } from '../part/use-part.ts'
import { useThreadState } from '../use-thread-state.ts'
import { ErrorSentence } from '../failure/error-sentence.tsx'
import { RootContext } from './root-context.ts'

/** `data-code` is the error's code, `data-end` how the last run ended. */
export type ChatThreadErrorState = {
  readonly code: FluoErrorCode | null
  readonly end: RunEnd
}
export type ChatThreadErrorProps = PartProps<'div', ChatThreadErrorState>

/**
 * What went wrong, in one plain sentence, until the next turn, a retry or `clearError()`. Renders a `<div>` while the
 * thread's status is `error`, and nothing otherwise. Children replace the sentence. It is not live: ChatThread.Root
 * has a screen reader say the sentence once.
 */
export function ChatThreadError(props: ChatThreadErrorProps): ReactNode {
  const labels = useLabels()
  const errorParts = use(RootContext)?.errorParts
  useLayoutEffect(() => {
    errorParts?.setState((count) => count + 1)
    return () => errorParts?.setState((count) => count - 1)
  }, [errorParts])
  const error = useThreadState((state) => (state.status === 'error' ? state.error : null))
  const end = useThreadState((state) => state.turns.at(-1)?.runs.at(-1)?.end ?? 'failed')
  const element = usePart('div', props, {
    part: 'chat-thread-error',
    state: { code: error?.code ?? null, end },
    props: {
      children: error !== null && <ErrorSentence error={error} end={end} labels={labels} />,
    },
  })
  return error === null ? null : element
}
