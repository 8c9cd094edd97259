import type { FluoClient, FluoError, FluoEvent, Thread, Turn } from '@fluokit/core'
import { act, cleanup, render } from '@testing-library/react'
import { StrictMode, type ReactNode } from 'react'
import { afterEach, beforeEach, vi } from 'vitest'
import { ChatThread, FluoProvider, type AnnounceMode, type Labels } from '../src/index.ts'
import { clientOf } from './chat.tsx'
import { handDriven, type HandDrivenRun } from './hand-driven.ts'

// Whoever uses this file owns the time of its tests.
beforeEach(() => {
  vi.useFakeTimers({
    now: 1_000_000,
    toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'],
  })
})
afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

export interface ListenOptions {
  readonly announce?: AnnounceMode
  readonly announceText?: (text: string) => string
  readonly labels?: Partial<Labels>
  readonly client?: FluoClient
  /** The transport of that client, where the test answers through it. */
  readonly hand?: ReturnType<typeof handDriven>
  readonly agentId?: string
  readonly initialTurns?: readonly Turn[]
  readonly children?: ReactNode
  readonly isStrict?: boolean
}

/** The region of the announcer that can wait, or the one that cannot. */
export function region(politeness: 'polite' | 'assertive'): HTMLElement {
  const name = politeness === 'polite' ? '[aria-live=polite]' : '[role=alert]'
  const found = document.querySelector<HTMLElement>(`[data-part=chat-thread-announcer] ${name}`)
  if (found === null) throw new Error(`There is no ${politeness} region on the page.`)
  return found
}

/** Lets time go by. */
export async function pass(milliseconds: number): Promise<void> {
  await act(() => vi.advanceTimersByTimeAsync(milliseconds))
}

/** A chat whose announcer is written down, and what a test does with it. */
export interface Listening {
  /** All that was said, what could not wait with `alert: ` before it. */
  readonly heard: readonly string[]
  /** When each of it was said, in milliseconds. */
  readonly moments: readonly number[]
  /** How often the announcer's elements were changed at all. */
  readonly writes: () => number
  readonly client: FluoClient
  readonly runs: readonly HandDrivenRun[]
  readonly thread: (agentId?: string) => Thread
  readonly ask: (agentId?: string) => Promise<void>
  /** What the newest run does. */
  readonly emit: (...events: readonly FluoEvent[]) => Promise<void>
  readonly end: () => Promise<void>
  readonly fail: (error: FluoError) => Promise<void>
  /** Switches to the thread of another agent. */
  readonly show: (agentId: string) => void
  readonly unmount: () => void
}

/** Shows a chat and listens to it. */
export function listen({
  announce,
  labels = {},
  isStrict = false,
  ...options
}: ListenOptions = {}): Listening {
  const hand = options.hand ?? handDriven()
  const client = options.client ?? clientOf(hand)
  const page = (agentId: string): ReactNode => {
    const chat = (
      <FluoProvider client={client} labels={labels}>
        <ChatThread.Root
          agentId={agentId}
          announce={announce}
          announceText={options.announceText}
          {...(options.initialTurns !== undefined && { initialTurns: options.initialTurns })}
        >
          {options.children}
        </ChatThread.Root>
      </FluoProvider>
    )
    return isStrict ? <StrictMode>{chat}</StrictMode> : chat
  }
  const { rerender, unmount } = render(page(options.agentId ?? 'agent'))

  const heard: string[] = []
  const moments: number[] = []
  let writes = 0
  const observer = new MutationObserver((records) => {
    writes += records.length
    for (const { target, addedNodes } of records) {
      if (addedNodes.length === 0) continue
      const isAlert = target === region('assertive')
      heard.push(`${isAlert ? 'alert: ' : ''}${addedNodes[0]?.textContent}`)
      moments.push(performance.now())
    }
  })
  const announcer = document.querySelector('[data-part=chat-thread-announcer]')
  if (announcer === null) throw new Error('There is no announcer on the page.')
  observer.observe(announcer, {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
  })

  /** An action of the transport ends with a timer, which only passing time ends. */
  const during = async (action: Promise<void>): Promise<void> => {
    await Promise.all([action, vi.advanceTimersByTimeAsync(1)])
  }

  return {
    heard,
    moments,
    writes: () => writes,
    client,
    thread: (agentId = 'agent'): Thread => client.thread({ agentId }),
    ask: (agentId = 'agent') =>
      act(async () => void client.thread({ agentId }).send('What is 17 times 23?')),
    emit: (...events: readonly FluoEvent[]) => during(hand.newest().emit(...events)),
    end: () => during(hand.newest().end()),
    fail: (error: FluoError) => during(hand.newest().fail(error)),
    show: (agentId: string) => rerender(page(agentId)),
    unmount,
    runs: hand.runs,
  }
}
