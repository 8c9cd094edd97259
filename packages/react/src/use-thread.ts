'use client'
import type { FluoClient, Thread, ThreadOptions } from '@fluokit/core'
import { createContext, use, type Context } from 'react'
import { ClientContext, useRequired } from './contexts.ts'

/** The thread of the ChatThread.Root above. */
export const ThreadContext: Context<Thread | null> = createContext<Thread | null>(null)

/** The client of the provider above. Never re-renders. Throws outside `<FluoProvider>`. */
export function useFluoClient(): FluoClient {
  return useRequired(ClientContext, 'useFluoClient()', 'FluoProvider')
}

/**
 * A thread to act on: the one of these options, or bare the one of the `<ChatThread.Root>` above.
 * Never re-renders. Throws where there is none to be found.
 */
export function useThread(options?: ThreadOptions): Thread {
  const client = use(ClientContext)
  const around = use(ThreadContext)
  if (options !== undefined && client !== null) return client.thread(options)
  if (options === undefined && around !== null) return around
  throw new Error(
    options === undefined
      ? 'useThread() without options needs <ChatThread.Root> above it, whose thread it returns. Put it inside one, or name an agent.'
      : 'useThread(options) needs <FluoProvider> above it, whose client holds the threads. Put one near the root of your app.',
  )
}
