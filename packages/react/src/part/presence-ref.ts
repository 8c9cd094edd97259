'use client'
import { useSyncExternalStore, type RefObject } from 'react'
import { createStore } from 'zustand/vanilla'

/** A ref whose coming and going can be listened to. */
export interface PresenceRef<T> extends RefObject<T | null> {
  readonly subscribe: (onChange: () => void) => () => void
  readonly isPresent: () => boolean
}

/** A ref that holds nothing yet. */
export function createPresenceRef<T>(): PresenceRef<T> {
  const store = createStore<T | null>(() => null)
  return {
    get current() {
      return store.getState()
    },
    set current(value) {
      store.setState(value, true)
    },
    subscribe: store.subscribe,
    isPresent: () => store.getState() !== null,
  }
}

/** Whether a ref holds something. Re-renders when that changes; false on a server. */
export function useIsPresent(held: Presence | undefined): boolean {
  const { subscribe, isPresent } = held ?? nothing
  return useSyncExternalStore(subscribe, isPresent, nothing.isPresent)
}

type Presence = Pick<PresenceRef<unknown>, 'subscribe' | 'isPresent'>
const nothing: Presence = { subscribe: () => () => undefined, isPresent: () => false }
