import { useEffect, useLayoutEffect, useRef, type ReactNode } from 'react'

interface ModalProps {
  readonly className: string
  readonly label: string
  /** Escape, or a press beside it. */
  readonly onClose: () => void
  readonly children: ReactNode
}

/**
 * A `<dialog>` over the page for as long as it is rendered. The browser keeps the focus in it, and gives it back to where it was; the first
 * button in it has it first.
 */
export function Modal({ className, label, onClose, children }: ModalProps): ReactNode {
  const ref = useRef<HTMLDialogElement>(null)
  // Before it leaves the document, or there is nothing left that could give the focus back.
  useLayoutEffect(() => {
    const dialog = ref.current
    dialog?.showModal()
    return () => dialog?.close()
  }, [])
  useEffect(() => {
    const dialog = ref.current
    const onCancel = (event: Event): void => {
      event.preventDefault()
      onClose()
    }
    const onPress = ({ target }: Event): void => {
      if (target === dialog) onClose()
    }
    dialog?.addEventListener('cancel', onCancel)
    dialog?.addEventListener('click', onPress)
    return () => {
      dialog?.removeEventListener('cancel', onCancel)
      dialog?.removeEventListener('click', onPress)
    }
  }, [onClose])
  return (
    <dialog ref={ref} className={className} aria-label={label}>
      {children}
    </dialog>
  )
}
