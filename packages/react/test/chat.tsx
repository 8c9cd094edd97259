import {
  createFluoClient,
  memoryStorage,
  type FluoClient,
  type FluoClientOptions,
  type FrameScheduler,
} from '@fluokit/core'
import { act, cleanup, render, type RenderResult } from '@testing-library/react'
import type { ReactNode } from 'react'
import { afterEach, beforeEach, vi } from 'vitest'
import { FluoProvider } from '../src/index.ts'

let complaints: unknown[][] = []
let isSilenced = false

function keepComplaint(...values: unknown[]): void {
  if (!isSilenced) complaints.push(values)
}

// Every test that uses this file also proves that neither React nor the kit had anything to complain about.
beforeEach(() => {
  complaints = []
  vi.spyOn(console, 'error').mockImplementation(keepComplaint)
  vi.spyOn(console, 'warn').mockImplementation(keepComplaint)
})
afterEach(() => {
  cleanup()
  vi.restoreAllMocks()
  if (complaints.length > 0) throw new Error(`The console said: ${complaints.flat().join('\n')}`)
})

/** Renders what must throw, and gives the message; React's own report of it is expected. */
export function messageOf(children: ReactNode): string {
  isSilenced = true
  try {
    render(children)
    return 'nothing was thrown'
  } catch (thrown) {
    return String(thrown)
  } finally {
    isSilenced = false
  }
}

/** Renders what throws inside a guard of ours, and gives what React reports of it; the page stays. */
export function reportOf(children: ReactNode): string {
  render(children)
  return takeComplaints()
}

/** What the console has said so far, which the test expected. */
export function takeComplaints(): string {
  const said = complaints.flat().join('\n')
  complaints = []
  return said
}

/** Commits in the task in which something changed. */
export const atOnce: FrameScheduler = (callback) => {
  callback()
  return () => undefined
}

/** Frames that come when the test says so. */
export function framesByHand(): {
  readonly schedule: FrameScheduler
  readonly next: () => Promise<void>
} {
  let waiting: readonly (() => void)[] = []
  return {
    schedule(callback) {
      waiting = [...waiting, callback]
      return () => {
        waiting = waiting.filter((other) => other !== callback)
      }
    },
    next: () =>
      act(async () => {
        const due = waiting
        waiting = []
        for (const callback of due) callback()
      }),
  }
}

/** A client that stores in memory and commits at once, unless told otherwise. */
export function clientOf(
  options: Partial<FluoClientOptions> & Pick<FluoClientOptions, 'transport'>,
): FluoClient {
  return createFluoClient({
    userScope: null,
    storage: memoryStorage(),
    schedule: atOnce,
    ...options,
  })
}

/** Renders below a provider of this client; `rerender` keeps the provider. */
export function renderWith(client: FluoClient, children: ReactNode): RenderResult {
  return render(children, {
    wrapper: ({ children: inner }) => <FluoProvider client={client}>{inner}</FluoProvider>,
  })
}

/** The element of a part, by the part's name in the DOM. */
export function partNamed(name: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`[data-part=${name}]`)
}

/** The sentence that ChatThread.Error shows, which a page has once at most. */
export function errorShown(): HTMLElement | null {
  const found = document.querySelectorAll<HTMLElement>('[data-part=chat-thread-error]')
  if (found.length > 1) throw new Error('Two ChatThread.Error are on the page.')
  return found[0] ?? null
}

/** Lets everything that has been caused become visible. */
export function settled(): Promise<void> {
  return act(() => new Promise<void>((resolve) => setTimeout(resolve)))
}
