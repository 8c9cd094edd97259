import type { FluoClient } from '@fluokit/core'
import { createRecorder, type Recorder } from './recorder.ts'

const shared = new WeakMap<FluoClient, { readonly recorder: Recorder; count: number }>()

/** Begins to collect the runs of a client, for as long as anybody wants it. Whoever asks shares one recorder. */
export function shareRecorder(client: FluoClient): {
  readonly recorder: Recorder
  readonly release: () => void
} {
  const found = shared.get(client) ?? { recorder: createRecorder(client), count: 0 }
  shared.set(client, found)
  found.count += 1
  let isReleased = false
  return {
    recorder: found.recorder,
    release() {
      if (isReleased) return
      isReleased = true
      found.count -= 1
      if (found.count > 0) return
      found.recorder.end()
      shared.delete(client)
    },
  }
}
