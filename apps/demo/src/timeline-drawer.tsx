import { FluoDevtools } from '@fluokit/react/devtools/production'
import { useEffect, useRef, type ReactNode } from 'react'
import { CloseIcon } from './icons.tsx'

interface TimelineDrawerProps {
  readonly id: string
  readonly onClose: () => void
}

/** What happened in each run since the page was opened. Escape closes it. */
export function TimelineDrawer({ id, onClose }: TimelineDrawerProps): ReactNode {
  const ref = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const dialog = ref.current
    const onKey = ({ key }: KeyboardEvent): void => {
      if (key === 'Escape') onClose()
    }
    dialog?.addEventListener('keydown', onKey)
    return () => dialog?.removeEventListener('keydown', onKey)
  }, [onClose])
  useEffect(() => ref.current?.querySelector('button')?.focus(), [])
  return (
    <dialog open ref={ref} id={id} className="drawer timeline" aria-label="Timeline">
      <header>
        <h2>Timeline</h2>
        <button type="button" className="quiet-button" aria-label="Close" onClick={onClose}>
          <CloseIcon />
        </button>
      </header>
      <FluoDevtools />
    </dialog>
  )
}
