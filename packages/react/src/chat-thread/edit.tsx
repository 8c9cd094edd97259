'use client'
import { use, type ReactNode } from 'react'
import { nameOfIcon } from '../part/name-of-icon.ts'
import { useIsPresent } from '../part/presence-ref.ts'
import { usePart, type PartProps } from '../part/use-part.ts'
import { useLabels } from '../use-labels.ts'
import { useThreadState } from '../use-thread-state.ts'
import { useThread } from '../use-thread.ts'
import { RootContext } from './root-context.ts'

export type ChatThreadEditState = Record<never, never>
export type ChatThreadEditProps = PartProps<'button', ChatThreadEditState>

/**
 * Puts what was asked last, text and files, back into the composer to be changed and sent as a new turn, beside
 * ChatThread.Retry. Renders a `<button>` while there is an error to recover from and a composer, and nothing
 * otherwise. The failed turn stays where it is.
 */
export function ChatThreadEdit(props: ChatThreadEditProps): ReactNode {
  const { edit } = useLabels()
  const { store } = useThread()
  const root = use(RootContext)
  const hasComposer = useIsPresent(root?.composer)
  const isFailed = useThreadState(({ status, turns }) => status === 'error' && turns.length > 0)
  const element = usePart('button', props, {
    part: 'chat-thread-edit',
    state: {},
    props: {
      type: 'button',
      'aria-label': nameOfIcon(props.children, edit),
      children: edit,
      onClick(event) {
        const turn = store.getState().turns.at(-1)
        if (event.defaultPrevented || turn === undefined) return
        root?.composer.current?.putBack(turn.input)
      },
    },
  })
  return isFailed && hasComposer ? element : null
}
