'use client'
import { createContext, type Context, type RefObject } from 'react'
import { createStore, type StoreApi } from 'zustand/vanilla'

/** What the parts of one ChatThread.Root tell each other. */
export interface ThreadRoot {
  /** The composer's input, which takes the focus of parts that go away. */
  readonly inputRef: RefObject<HTMLTextAreaElement | null>
  /** How many ChatThread.Error stand here, so that a message is silent about what they say. */
  readonly errorParts: StoreApi<number>
}

/** The root around. */
export const RootContext: Context<ThreadRoot | null> = createContext<ThreadRoot | null>(null)

/** A root's beginnings: no input and no error part yet. */
export function createThreadRoot(): ThreadRoot {
  return { inputRef: { current: null }, errorParts: createStore(() => 0) }
}
