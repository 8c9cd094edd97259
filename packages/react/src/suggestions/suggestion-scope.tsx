'use client'
import { memo, type NamedExoticComponent, type ReactNode } from 'react'
import { Guard } from '../part/guard.tsx'
import { Render } from '../part/render.tsx'
import { SuggestionContext } from './suggestion-context.ts'
import { wordsOf, type Suggestion } from './suggestion.ts'

interface SuggestionScopeProps {
  readonly suggestion: Suggestion
  readonly children: (suggestion: Suggestion) => ReactNode
}

/**
 * One suggestion in a context of its own; its words stand in the place of one whose rendering throws. Re-renders when the
 * suggestion or the function does.
 */
export const SuggestionScope: NamedExoticComponent<SuggestionScopeProps> = memo(
  function SuggestionScope({ suggestion, children }: SuggestionScopeProps): ReactNode {
    return (
      <SuggestionContext value={suggestion}>
        <Guard fallback={() => <span dir="auto">{wordsOf(suggestion)}</span>}>
          <Render item={suggestion}>{children}</Render>
        </Guard>
      </SuggestionContext>
    )
  },
)
