'use client'
import {
  useCallback,
  useLayoutEffect,
  useRef,
  useState,
  type FocusEvent,
  type RefObject,
} from 'react'
import type { ComposerView } from './composer-view.ts'

export interface ComposerFocus {
  readonly removers: Map<string, HTMLElement>
  readonly returnFocus: () => void
  /** Focuses the input; once it shows what it holds now, the caret stands at its end. */
  readonly focusEnd: () => void
  readonly onFocus: (event: FocusEvent) => void
  readonly onBlur: () => void
}

/** Keeps the focus on the page when what has it in a composer goes away or is hidden. */
export function useComposerFocus(
  inputRef: RefObject<HTMLTextAreaElement | null>,
  logRef: RefObject<HTMLElement | null> | undefined,
  { files, isRunning }: ComposerView,
): ComposerFocus {
  const [removers] = useState(() => new Map<string, HTMLElement>())
  const focused = useRef<Element | null>(null)
  const isCaretDue = useRef(false)
  const shownFiles = useRef(files)

  const returnFocus = useCallback(() => {
    const input = inputRef.current
    const log = logRef?.current ?? input
    ;(hasOnlyTouch() ? log : input)?.focus()
  }, [inputRef, logRef])

  useLayoutEffect(() => {
    const before = shownFiles.current
    shownFiles.current = files
    const element = focused.current
    if (element === null || element.isConnected) return
    focused.current = null
    if (!isLost(element)) return
    const place = before.findIndex(({ id }) => files.every((file) => file.id !== id))
    const neighbour = files[place] ?? files[place - 1]
    const remover = neighbour && removers.get(neighbour.id)
    if (remover === undefined) returnFocus()
    else remover.focus()
  })

  // An app may show Stop in the place of Send: which of the two is hidden depends on this alone.
  useLayoutEffect(() => {
    const element = focused.current
    if (element === null || !element.isConnected || !isLost(element)) return
    if ('checkVisibility' in element && !element.checkVisibility()) returnFocus()
  }, [isRunning, returnFocus])

  useLayoutEffect(() => {
    const input = inputRef.current
    if (!isCaretDue.current || input === null) return
    isCaretDue.current = false
    input.setSelectionRange(input.value.length, input.value.length)
    input.scrollTop = input.scrollHeight
  })

  return {
    removers,
    returnFocus,
    focusEnd: useCallback(() => {
      isCaretDue.current = true
      inputRef.current?.focus()
    }, [inputRef]),
    onFocus: useCallback(({ target, currentTarget }) => {
      if (currentTarget.contains(target)) focused.current = target // and is not in a portal
    }, []),
    onBlur: useCallback(() => {
      focused.current = null
    }, []),
  }
}

/** Whether nothing on the page has the focus any more, or only what has just been hidden. */
function isLost(element: Element): boolean {
  const { activeElement, body } = element.ownerDocument
  return activeElement === null || activeElement === body || activeElement === element
}

function hasOnlyTouch(): boolean {
  const query = '(pointer: coarse) and (not (any-pointer: fine))'
  return typeof matchMedia === 'function' && matchMedia(query).matches
}
