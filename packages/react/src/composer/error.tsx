'use client'
import type { ReactNode } from 'react'
import { useRequired } from '../contexts.ts'
import { useLabels } from '../use-labels.ts'
import { useThread } from '../use-thread.ts'
import { usePart, type PartProps } from '../part/use-part.ts'
import { ComposerContext } from './composer-context.ts'
import type { Refusal } from './draft.ts'
import { refusalSentence } from './refusal-sentence.ts'
import { useDescription } from '../part/use-description.ts'

/** `data-reason` is why the text cannot be sent, or was not. */
export type ComposerErrorState = { readonly reason: Refusal | null }
export type ComposerErrorProps = PartProps<'div', ComposerErrorState>

/**
 * Why the text cannot be sent: it is too long, or the last send was refused; or that files were left out. Renders a `<div>` that describes the input
 * while there is such a reason, and nothing otherwise. It is not live:
 * a refusal is said by the thread's announcer. Children replace the sentence.
 */
export function ComposerError(props: ComposerErrorProps): ReactNode {
  const labels = useLabels()
  const composer = useRequired(ComposerContext, '<Composer.Error>', 'Composer.Root')
  const thread = useThread()
  const { view, maxLength } = composer
  const reason = view.isOverLimit ? 'too-long' : view.refusal
  const limits = thread.uploads?.limits ?? null
  const id = useDescription(composer.descriptions, props.id, reason !== null)
  const element = usePart('div', props, {
    part: 'composer-error',
    state: { reason },
    props: {
      id,
      children: refusalSentence({ ...view, refusal: reason, maxLength, limits }, labels),
    },
  })
  return reason === null ? null : element
}
