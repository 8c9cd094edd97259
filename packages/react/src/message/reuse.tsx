'use client'
import { use, type ReactNode } from 'react'
import { RootContext } from '../chat-thread/root-context.ts'
import { useRequired } from '../contexts.ts'
import { useIsPresent } from '../part/presence-ref.ts'
import { usePart, type PartProps } from '../part/use-part.ts'
import { useLabels } from '../use-labels.ts'
import { TurnContext } from './turn-scope.ts'

export type MessageReuseState = Record<never, never>
export type MessageReuseProps = PartProps<'button', MessageReuseState>

/**
 * Puts what was asked in this message's turn, text and files, back into the composer, below what is there already, to be
 * changed and sent as a new turn: a thread only grows. Renders a `<button>` while there is a composer, and nothing
 * otherwise; the focus moves to the input.
 */
export function MessageReuse(props: MessageReuseProps): ReactNode {
  const { reuse } = useLabels()
  const { input } = useRequired(TurnContext, '<Message.Reuse>', 'ChatThread.Messages')
  const root = use(RootContext)
  const hasComposer = useIsPresent(root?.composer)
  const element = usePart('button', props, {
    part: 'message-reuse',
    state: {},
    props: {
      type: 'button',
      'aria-label': reuse,
      children: reuse,
      onClick(event) {
        if (!event.defaultPrevented) root?.composer.current?.putBack(input)
      },
    },
  })
  return hasComposer ? element : null
}
