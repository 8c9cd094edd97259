'use client'
import { useRequired } from '../contexts.ts'
import { ComposerContext } from './composer-context.ts'
import type { ComposerView } from './composer-view.ts'

/**
 * The composer around, to read and to act on. Re-renders with each keystroke, with each file, and when a run begins or
 * ends. Throws outside `<Composer.Root>`.
 */
export function useComposer(): ComposerView {
  return useRequired(ComposerContext, 'useComposer()', 'Composer.Root').view
}
