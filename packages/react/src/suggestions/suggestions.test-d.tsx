import type { ThreadState, TurnInput } from '@fluokit/core'
import type { ReactNode } from 'react'
import { describe, expectTypeOf, it } from 'vitest'
import { Suggestions, type Suggestion } from '../index.ts'

interface Card extends Suggestion {
  readonly picture: string
}

declare const cards: readonly Card[]

describe('Suggestions.Root', () => {
  it('knows the fields of an app’s own suggestions everywhere', () => {
    const page = (
      <Suggestions.Root suggestions={cards} onSuggestion={({ picture }) => void picture}>
        {(card) => {
          expectTypeOf(card).toEqualTypeOf<Card>()
          return <Suggestions.Item>{card.picture}</Suggestions.Item>
        }}
      </Suggestions.Root>
    )
    expectTypeOf(page).toExtend<ReactNode>()
  })

  it('takes a list that is made of the state', () => {
    const page = (
      <Suggestions.Root
        suggestions={(state) => {
          expectTypeOf(state).toEqualTypeOf<ThreadState>()
          return cards
        }}
        when="settled"
      >
        {({ picture }) => picture}
      </Suggestions.Root>
    )
    expectTypeOf(page).toExtend<ReactNode>()
  })

  it('takes a text, or a turn with files, and may be given undefined', () => {
    expectTypeOf<Suggestion['input']>().toEqualTypeOf<string | TurnInput>()
    const page = (
      <Suggestions.Root
        suggestions={[{ input: 'a', label: undefined, id: undefined }]}
        when={undefined}
        onSuggestion={undefined}
      />
    )
    expectTypeOf(page).toExtend<ReactNode>()
    // @ts-expect-error the moment is one of three
    expectTypeOf(<Suggestions.Root suggestions={cards} when="later" />).toExtend<ReactNode>()
  })
})
