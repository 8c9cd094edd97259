'use client'
import {
  createContext,
  useId,
  useMemo,
  useState,
  type ComponentPropsWithRef,
  type Context,
} from 'react'
import { changeDetails, type ChangeDetails } from './change-details.ts'

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

/** Why a panel opens or closes. */
export type OpenChangeReason = 'trigger-press'

/** How an app takes part in opening and closing. */
export interface DisclosureOptions {
  /** Whether the panel is open, where the app decides. */
  readonly open?: boolean | undefined
  /** Whether it is open before the person decides. */
  readonly defaultOpen?: boolean | undefined
  /** Called before it opens or closes by a press; `details.cancel()` leaves it as it is. */
  readonly onOpenChange?:
    | ((isOpen: boolean, details: ChangeDetails<OpenChangeReason>) => void)
    | undefined
}

/** A trigger and the panel it opens. Open as `isOpenByItself` says, until the person or the app decides otherwise. */
export function useDisclosure(isOpenByItself: boolean, options: DisclosureOptions): Disclosure {
  const { open, defaultOpen, onOpenChange } = options
  const id = useId()
  const [choice, setChoice] = useState<boolean | null>(defaultOpen ?? null)
  const isOpen = open ?? choice ?? isOpenByItself
  return useMemo(
    () => ({
      isOpen,
      trigger: {
        type: 'button',
        'aria-expanded': isOpen,
        'aria-controls': id,
        onClick(event) {
          if (event.defaultPrevented) return
          const details = changeDetails('trigger-press', event.nativeEvent)
          onOpenChange?.(!isOpen, details)
          if (!details.isCanceled) setChoice(!isOpen)
        },
      },
      panel: { id, hidden: !isOpen },
    }),
    [id, isOpen, onOpenChange],
  )
}
