'use client'
import { useLayoutEffect, useRef, type ReactNode } from 'react'
import { useRequired } from '../contexts.ts'
import { useLabels } from '../use-labels.ts'
import { nameOfIcon } from '../part/name-of-icon.ts'
import { usePart, type PartProps } from '../part/use-part.ts'
import { useThread } from '../use-thread.ts'
import { ComposerContext } from './composer-context.ts'

/** `data-disabled` while nothing runs. */
export type ComposerStopState = { readonly isDisabled: boolean }
export type ComposerStopProps = PartProps<'button', ComposerStopState>

/**
 * Ends the open run; the text so far stays. Renders a `<button>`, `aria-disabled` while nothing runs. When the run
 * ends while it has the focus, the focus moves to the input, so that an app may hide it then; where there is nothing but
 * touch it moves to the log, which opens no keyboard.
 */
export function ComposerStop(props: ComposerStopProps): ReactNode {
  const { stop } = useLabels()
  const thread = useThread()
  const { view, returnFocus } = useRequired(ComposerContext, '<Composer.Stop>', 'Composer.Root')
  const { isRunning } = view
  const ref = useRef<HTMLButtonElement>(null)
  useLayoutEffect(() => {
    const button = ref.current
    if (!isRunning && button !== null && button === button.ownerDocument.activeElement) {
      returnFocus()
    }
  }, [isRunning, returnFocus])
  return usePart('button', props, {
    part: 'composer-stop',
    state: { isDisabled: !isRunning },
    ref,
    props: {
      type: 'button',
      'aria-disabled': !isRunning,
      'aria-label': nameOfIcon(props.children, stop),
      children: stop,
      onClick(event) {
        // The second click of a double click on Send lands here where Stop takes its place.
        if (!event.defaultPrevented && event.detail < 2) void thread.stop()
      },
    },
  })
}
