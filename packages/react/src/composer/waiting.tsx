'use client'
import type { ReactNode } from 'react'
import { isOnItsWay } from '../attachment/turn-file.ts'
import { useRequired } from '../contexts.ts'
import { useDescription } from '../part/use-description.ts'
import { usePart, type PartProps } from '../part/use-part.ts'
import { useLabels } from '../use-labels.ts'
import { ComposerContext } from './composer-context.ts'

export type ComposerWaitingState = Record<never, never>
export type ComposerWaitingProps = PartProps<'div', ComposerWaitingState>

/**
 * Says that the draft is sent by itself, and how many files it waits for. Renders a `<div>` that describes the input while
 * that is so, and nothing otherwise. It is not live: the thread's announcer says when the wait begins.
 */
export function ComposerWaiting(props: ComposerWaitingProps): ReactNode {
  const { waiting } = useLabels()
  const composer = useRequired(ComposerContext, '<Composer.Waiting>', 'Composer.Root')
  const { isWaiting, files } = composer.view
  const id = useDescription(composer.descriptions, props.id, isWaiting)
  const element = usePart('div', props, {
    part: 'composer-waiting',
    state: {},
    props: { id, children: waiting(files.filter(isOnItsWay).length) },
  })
  return isWaiting ? element : null
}
