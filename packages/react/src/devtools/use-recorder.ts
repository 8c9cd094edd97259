'use client'
import type { FluoClient } from '@fluokit/core'
import { useMemo, useSyncExternalStore } from 'react'
import type { Recorder } from './recorder.ts'
import { shareRecorder } from './share-recorder.ts'

/** Collects a client's runs while the component is mounted; null until it is. Renders anew when something was recorded, at most once a frame. */
export function useRecorder(client: FluoClient): Recorder | null {
  const watch = useMemo(() => watchByFrames(client), [client])
  return useSyncExternalStore(watch.subscribe, watch.read, nothing)?.recorder ?? null
}

const nothing = (): null => null

interface FrameWatch {
  /** Another object with each frame that has news. */
  readonly read: () => { readonly recorder: Recorder } | null
  readonly subscribe: (listener: () => void) => () => void
}

function watchByFrames(client: FluoClient): FrameWatch {
  let shown: { readonly recorder: Recorder } | null = null
  return {
    read: () => shown,
    subscribe(listener) {
      const { recorder, release } = shareRecorder(client)
      let frame: number | null = null
      shown = { recorder }
      const end = recorder.subscribe(() => {
        frame ??= requestAnimationFrame(() => {
          frame = null
          shown = { recorder }
          listener()
        })
      })
      return () => {
        if (frame !== null) cancelAnimationFrame(frame)
        end()
        release()
        shown = null
      }
    },
  }
}
