'use client'
import { use, type MouseEvent } from 'react'
import { RootContext } from './root-context.ts'

/**
 * Moves the focus away from a button that its press takes off the page: a keyboard's to the input, a pointer's to the
 * log, where it opens no on-screen keyboard.
 */
export function useMoveFocus(): (event: MouseEvent) => void {
  const root = use(RootContext)
  return ({ detail }) => {
    const target = detail === 0 ? root?.inputRef : root?.logRef
    target?.current?.focus({ preventScroll: true })
  }
}
