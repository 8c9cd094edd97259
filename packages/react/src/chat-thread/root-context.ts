'use client'
import type { TurnInput } from '@fluokit/core'
import { createContext, type Context, type RefObject } from 'react'
import { createStore, type StoreApi } from 'zustand/vanilla'
import { createPresenceRef, type PresenceRef } from '../part/presence-ref.ts'
import { createAnnouncer, type Announcer } from '../announcer/create-announcer.ts'

/** How the log is scrolled. */
export interface LogScroll {
  /** Whether the end is kept in view. */
  readonly isFollowing: boolean
  /** How many messages have begun since it was let go. */
  readonly unread: number
  /** Goes to the end and keeps it in view; does nothing without a viewport. */
  readonly toEnd: () => void
  /** Lets the end go, for a person who has begun to read; does nothing without a viewport. */
  readonly letGo: () => void
}

/** What the composer does for parts outside it. */
export interface ComposerHandle {
  readonly inputRef: RefObject<HTMLTextAreaElement | null>
  /**
   * Puts the text and the files of an earlier turn under what is in the composer already, to be sent as a new one, and
   * focuses the input with the caret at its end.
   */
  readonly putBack: (input: TurnInput) => void
  /** Uploads files, to go with the next turn. */
  readonly addFiles: (files: Iterable<File>) => void
}

/** What the parts of one ChatThread.Root tell each other. */
export interface ThreadRoot {
  /** The input of the newest composer, which takes the focus of parts that go away. */
  readonly inputRef: { readonly current: HTMLTextAreaElement | null }
  /** The newest composer, while there is one: what needs it shows only then. */
  readonly composer: Readonly<PresenceRef<ComposerHandle>>
  /** Makes a composer the newest one, until the returned function is called. */
  readonly addComposer: (composer: ComposerHandle) => () => void
  /** The log, which takes it where a keyboard on the screen should stay away. */
  readonly logRef: RefObject<HTMLDivElement | null>
  /** How many ChatThread.Error stand here, so that a message is silent about what they say. */
  readonly errorParts: StoreApi<number>
  readonly scroll: StoreApi<LogScroll>
  /** What has a screen reader say something. */
  readonly announcer: Announcer
}

/** The root around. */
export const RootContext: Context<ThreadRoot | null> = createContext<ThreadRoot | null>(null)

/** A root's beginnings: no composer, no error part, no viewport yet. */
export function createThreadRoot(): ThreadRoot {
  const composer = createPresenceRef<ComposerHandle>()
  let composers: readonly ComposerHandle[] = []
  return {
    inputRef: {
      get current() {
        return composer.current?.inputRef.current ?? null
      },
    },
    composer,
    addComposer(added) {
      composers = [...composers, added]
      composer.current = added
      return () => {
        composers = composers.filter((other) => other !== added)
        composer.current = composers.at(-1) ?? null
      }
    },
    logRef: { current: null },
    errorParts: createStore(() => 0),
    scroll: createStore<LogScroll>(() => ({
      isFollowing: true,
      unread: 0,
      toEnd: () => undefined,
      letGo: () => undefined,
    })),
    announcer: createAnnouncer(),
  }
}
