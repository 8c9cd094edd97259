import { useThread } from '@fluokit/react'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { CloseIcon } from './icons.tsx'

const ways = [
  { how: 'cut', title: 'Cut the wire', text: 'The connection breaks in the middle of the answer.' },
  { how: 'stall', title: 'Stall', text: 'The answer stops arriving, and nobody says why.' },
  { how: 'limit', title: 'Rate limit', text: '429: too many messages, try again in five seconds.' },
  { how: 'garbage', title: 'Garbage frame', text: 'One frame in the middle is no JSON.' },
  { how: 'unknown', title: 'Unknown event', text: 'An event that the kit has never heard of.' },
  { how: 'gone', title: 'Gone thread', text: '404: the server has forgotten this conversation.' },
  { how: 'slow', title: 'Slow words', text: 'A few words a second.' },
] as const

type How = (typeof ways)[number]['how']

interface BreakDrawerProps {
  readonly id: string
  readonly agentId: string
  readonly threadKey: string | undefined
  readonly onClose: () => void
}

/** What can be made to go wrong with the next answer of the stand-in. */
export function BreakDrawer({ id, agentId, threadKey, onClose }: BreakDrawerProps): ReactNode {
  const [armed, setArmed] = useState<How | null>(null)
  const { store } = useThread({ agentId, threadKey })
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
  // What was armed happens to the next answer, and only to that.
  useEffect(
    () => store.subscribe(({ status }) => status === 'submitted' && setArmed(null)),
    [store],
  )

  function arm(how: How | null): void {
    setArmed(how)
    void fetch('/api/break', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ how }),
    }).then(
      ({ ok }) => ok || setArmed(null),
      () => setArmed(null),
    )
  }

  return (
    <dialog open ref={ref} id={id} className="drawer" aria-label="Break it">
      <header>
        <h2>Break it</h2>
        <button type="button" className="quiet-button" aria-label="Close" onClick={onClose}>
          <CloseIcon />
        </button>
      </header>
      <p>
        Choose what goes wrong with the next answer, then ask something. Nothing you typed gets
        lost.
      </p>
      <ul>
        {ways.map(({ how, title, text }) => (
          <li key={how}>
            <button
              type="button"
              aria-pressed={armed === how}
              onClick={() => arm(armed === how ? null : how)}
            >
              <strong>{title}</strong>
              <span>{text}</span>
            </button>
          </li>
        ))}
      </ul>
    </dialog>
  )
}
