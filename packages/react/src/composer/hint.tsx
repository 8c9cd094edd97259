'use client'
import type { ReactNode } from 'react'
import { useRequired } from '../contexts.ts'
import { useLabels } from '../use-labels.ts'
import { usePart, type PartProps } from '../part/use-part.ts'
import { ComposerContext } from './composer-context.ts'
import type { SubmitMode } from './submit-mode.ts'
import { useDescription } from '../part/use-description.ts'

/** `data-submit-mode`. */
export type ComposerHintState = { readonly submitMode: SubmitMode }
export type ComposerHintProps = PartProps<'div', ComposerHintState>

/** Which key sends. Renders a `<div>` that describes the input. */
export function ComposerHint(props: ComposerHintProps): ReactNode {
  const { hint } = useLabels()
  const composer = useRequired(ComposerContext, '<Composer.Hint>', 'Composer.Root')
  const { submitMode } = composer
  const id = useDescription(composer.descriptions, props.id, true)
  return usePart('div', props, {
    part: 'composer-hint',
    state: { submitMode },
    props: { id, children: hint(submitMode) },
  })
}
