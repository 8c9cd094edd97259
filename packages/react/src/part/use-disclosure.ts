'use client'
import {
  createContext,
  useId,
  useMemo,
  useState,
  type ComponentPropsWithRef,
  type Context,
} from 'react'

export interface Disclosure {
  readonly isOpen: boolean
  readonly trigger: Pick<
    ComponentPropsWithRef<'button'>,
    'type' | 'aria-expanded' | 'aria-controls' | 'onClick'
  >
  readonly panel: Pick<ComponentPropsWithRef<'div'>, 'id' | 'hidden'>
}

/** The disclosure around. */
export const DisclosureContext: Context<Disclosure | null> = createContext<Disclosure | null>(null)

/** A trigger and the panel it opens. Open as `isOpenByItself` says, until the person decides otherwise. */
export function useDisclosure(isOpenByItself: boolean): Disclosure {
  const id = useId()
  const [choice, setChoice] = useState<boolean | null>(null)
  const isOpen = choice ?? isOpenByItself
  return useMemo(
    () => ({
      isOpen,
      trigger: {
        type: 'button',
        'aria-expanded': isOpen,
        'aria-controls': id,
        onClick(event) {
          if (!event.defaultPrevented) setChoice(!isOpen)
        },
      },
      panel: { id, hidden: !isOpen },
    }),
    [id, isOpen],
  )
}
