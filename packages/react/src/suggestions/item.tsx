'use client'
import { takesTurn } from '@fluokit/core'
import { use, type ReactNode } from 'react'
import { RootContext } from '../chat-thread/root-context.ts'
import { useMoveFocus } from '../chat-thread/use-move-focus.ts'
import { useRequired } from '../contexts.ts'
import { changeDetails } from '../part/change-details.ts'
import { useIsPresent } from '../part/presence-ref.ts'
import { usePart, type PartProps } from '../part/use-part.ts'
import { useLabels } from '../use-labels.ts'
import { useThreadState } from '../use-thread-state.ts'
import { useThread } from '../use-thread.ts'
import { AskAppContext, SuggestionContext } from './suggestion-context.ts'
import { turnInputOf, wordsOf } from './suggestion.ts'

/** What a press of a suggestion does. */
export type SuggestionAction = 'send' | 'fill'

/** `data-action`; `data-disabled` while it could not be sent. */
export type SuggestionsItemState = {
  readonly action: SuggestionAction
  readonly isDisabled: boolean
}

export interface SuggestionsItemProps extends PartProps<'button', SuggestionsItemState> {
  /**
   * What a press does: sends the suggestion and leaves what is in the composer alone, or puts it under what is written there,
   * to be changed first. @default 'send'
   */
  readonly action?: SuggestionAction | undefined
}

/**
 * A suggestion to press. Renders a `<button>` with its words. One that sends moves the focus on, a keyboard's to the input, a pointer's to
 * the log, where it opens no on-screen keyboard; while a run is open it is `aria-disabled` and stays focusable, unless the thread
 * queues what is sent meanwhile. A send that is refused all the same, as for another tab that was quicker, is said by the thread's
 * announcer. One that fills is there while there is a composer, and moves the focus to its input. Re-renders when a
 * run begins or ends.
 */
export function SuggestionsItem({ action = 'send', ...props }: SuggestionsItemProps): ReactNode {
  const suggestion = useRequired(SuggestionContext, '<Suggestions.Item>', 'Suggestions.Root')
  const askApp = use(AskAppContext)
  const root = use(RootContext)
  const thread = useThread()
  const { refusals } = useLabels()
  const moveFocus = useMoveFocus()
  const hasComposer = useIsPresent(root?.composer)
  const isTaken = useThreadState(
    (state) => takesTurn(state, thread.whenBusy) && state.writer === 'here',
  )
  const isDisabled = action === 'send' && !isTaken
  const element = usePart('button', props, {
    part: 'suggestions-item',
    state: { action, isDisabled },
    props: {
      type: 'button',
      dir: 'auto',
      'aria-disabled': isDisabled,
      children: wordsOf(suggestion),
      onClick(event) {
        if (event.defaultPrevented || isDisabled) return
        const details = changeDetails('suggestion-press', event.nativeEvent)
        askApp(suggestion, details)
        if (details.isCanceled) return
        const input = turnInputOf(suggestion)
        if (action === 'fill') return root?.composer.current?.putBack(input)
        moveFocus(event)
        void thread.send(input).then((result) => {
          const words: Readonly<Record<string, string>> = refusals
          if (!result.sent) root?.announcer.say(words[result.reason] ?? '', 'polite')
        })
      },
    },
  })
  return action === 'fill' && !hasComposer ? null : element
}
