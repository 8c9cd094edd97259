'use client'
import { useCallback, type KeyboardEvent, type ReactNode } from 'react'
import { usePart, type PartProps } from '../part/use-part.ts'
import { visuallyHidden } from '../part/visually-hidden.ts'
import { ThreadListTitle } from './title.tsx'
import { useEntry } from './use-entry.ts'
import { useThreadListLabels } from './use-thread-list-labels.ts'

/** `data-active` while it is shown, `data-running` while it is being answered. */
export type ThreadListTriggerState = { readonly isActive: boolean; readonly isRunning: boolean }
export type ThreadListTriggerProps = PartProps<'button', ThreadListTriggerState>

/**
 * Shows the conversation. Renders a `<button>` with the title, `aria-current` while it is shown, and, while it is being answered, the word for
 * that behind its children, where only a screen reader finds it (inline style: hidden); while the title is written, nothing. ArrowUp,
 * ArrowDown, Home and End move the focus from one to another; of all of them one is a tab stop, and the buttons beside it. F2 renames, where there
 * is a ThreadList.RenameInput.
 */
export function ThreadListTrigger({ children, ...props }: ThreadListTriggerProps): ReactNode {
  const { thread, isActive, isRenaming, isTabStop, hasInputRef, actions } = useEntry('Trigger')
  const { threadKey, isRunning } = thread
  const ref = useCallback(
    (trigger: HTMLElement | null) =>
      trigger === null ? undefined : actions.addTrigger(threadKey, trigger),
    [actions, threadKey],
  )

  function press(event: KeyboardEvent): boolean {
    const { key, shiftKey, ctrlKey, altKey, metaKey } = event
    if (event.defaultPrevented || shiftKey || ctrlKey || altKey || metaKey) return false
    if (key !== 'F2') return actions.move(threadKey, key)
    if (hasInputRef.current) actions.startRename(threadKey)
    return hasInputRef.current
  }

  const element = usePart('button', props, {
    part: 'thread-list-trigger',
    state: { isActive, isRunning },
    ref,
    props: {
      type: 'button',
      'aria-current': isActive ? 'true' : undefined,
      tabIndex: isTabStop ? 0 : -1,
      children: (
        <>
          {children ?? <ThreadListTitle />}
          {isRunning && <Running />}
        </>
      ),
      onClick(event) {
        if (!event.defaultPrevented) {
          actions.select(threadKey, 'trigger-press', event.nativeEvent)
        }
      },
      onKeyDown(event) {
        if (press(event)) event.preventDefault()
      },
    },
  })
  return isRenaming ? null : element
}

/** Laid out in a span of its own: in a long list it would otherwise stand out of what scrolls, and make the page as long. */
function Running(): ReactNode {
  const { running } = useThreadListLabels()
  return (
    <span style={{ position: 'relative' }}>
      <span style={visuallyHidden}> {running}</span>
    </span>
  )
}
