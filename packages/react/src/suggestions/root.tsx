'use client'
import type { ThreadState } from '@fluokit/core'
import { use, useCallback, useLayoutEffect, useMemo, useRef, type ReactNode } from 'react'
import { RootContext } from '../chat-thread/root-context.ts'
import type { ChangeDetails } from '../part/change-details.ts'
import { useLostFocus } from '../part/use-lost-focus.ts'
import { usePart, type PartProps } from '../part/use-part.ts'
import { useLabels } from '../use-labels.ts'
import { SuggestionsItem } from './item.tsx'
import { AskAppContext, type AskApp } from './suggestion-context.ts'
import { SuggestionScope } from './suggestion-scope.tsx'
import { wordsOf, type Suggestion } from './suggestion.ts'
import { isMomentFor, type SuggestionsWhen } from './suggestions-when.ts'
import { useTurnState } from './use-turn-state.ts'

export type SuggestionsRootState = Record<never, never>

export interface SuggestionsRootProps<S extends Suggestion = Suggestion> extends Omit<
  PartProps<'ul', SuggestionsRootState>,
  'children'
> {
  /**
   * What to suggest: a list, or a function of the thread's state, called when a run begins or ends and never with a delta. Give it the
   * same suggestions each time, and none of them renders again.
   */
  readonly suggestions: readonly S[] | ((state: ThreadState) => readonly S[])
  /**
   * When they are shown: wherever they stand, before the first turn, or under an answer that is there (not while one is
   * on its way or queued, nor after a failure). @default 'always'
   */
  readonly when?: SuggestionsWhen | undefined
  /** Called before one is asked, or put into the composer; `details.cancel()` leaves it to you. */
  readonly onSuggestion?:
    | ((suggestion: S, details: ChangeDetails<'suggestion-press'>) => void)
    | undefined
  /** Renders one suggestion inside its `<li>`. Give it the same function each time. @default a Suggestions.Item */
  readonly children?: ((suggestion: S) => ReactNode) | undefined
}

/**
 * What a person may want to ask, as a list: from the app, or made of what was said. Renders a `<ul>` with an `<li>` for each suggestion,
 * and nothing where there is none to show. When it goes away with the focus in it, the log takes the focus, or the input where there is no
 * log. A suggestion whose rendering throws takes nothing else down. Re-renders when a run begins or ends, never with a delta.
 */
export function SuggestionsRoot<S extends Suggestion = Suggestion>(
  props: SuggestionsRootProps<S>,
): ReactNode {
  const { suggestions: given, when = 'always', onSuggestion, children, ...rest } = props
  const { suggestions: name } = useLabels()
  const root = use(RootContext)
  const state = useTurnState()
  const isFunction = typeof given === 'function'
  const made = useMemo(() => (isFunction ? given(state) : null), [isFunction, given, state])
  const shown = isMomentFor(when, state) ? (made ?? (given as readonly S[])) : []

  const listener = useRef(onSuggestion)
  useLayoutEffect(() => {
    listener.current = onSuggestion
  })
  const askApp = useCallback<AskApp>(
    (suggestion, details) => listener.current?.(suggestion as S, details),
    [],
  )
  const takeFocus = useLostFocus(() => {
    ;(root?.logRef.current ?? root?.inputRef.current)?.focus({ preventScroll: true })
  })

  const renderItem = (children ?? renderPlain) as (suggestion: Suggestion) => ReactNode
  const element = usePart('ul', rest, {
    part: 'suggestions-root',
    state: {},
    props: {
      role: 'list', // Safari takes a list without bullets for none
      'aria-label': name,
      ...takeFocus,
      children: shown.map((suggestion, index) => (
        <li key={suggestion.id ?? `${index} ${wordsOf(suggestion)}`}>
          <SuggestionScope suggestion={suggestion}>{renderItem}</SuggestionScope>
        </li>
      )),
    },
  })
  return shown.length === 0 ? null : <AskAppContext value={askApp}>{element}</AskAppContext>
}

function renderPlain(): ReactNode {
  return <SuggestionsItem />
}
