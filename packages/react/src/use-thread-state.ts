'use client'
import type { ThreadState } from '@fluokit/core'
import { useStore } from 'zustand'
import { useThread } from './use-thread.ts'

/**
 * A part of the state of the `<ChatThread.Root>` above. Re-renders only when what `select` returns changes: return
 * something that is stored, or a primitive, never a new object.
 */
export function useThreadState<S>(select: (state: ThreadState) => S): S {
  return useStore(useThread().store, select)
}
