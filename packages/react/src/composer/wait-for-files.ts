import type { ReadableStore } from '@fluokit/core'
import { isOnItsWay, type TurnFile } from '../attachment/turn-file.ts'

/**
 * Calls back once no file is on its way, or as soon as one has failed that had not before, and not while the input is held by
 * an input method. Returns the end of the wait, after which nothing is called.
 */
export function waitForFiles(
  files: ReadableStore<readonly TurnFile[]>,
  isHeld: ReadableStore<boolean>,
  onEnd: (hasFailed: boolean) => void,
): () => void {
  const failedBefore = new Set(files.getState().filter(hasFailed).map(idOf))
  let timer: ReturnType<typeof setTimeout> | undefined

  function look(): void {
    timer = undefined
    const now = files.getState()
    const isFailed = now.some((file) => hasFailed(file) && !failedBefore.has(file.id))
    if (!isFailed && (now.some(isOnItsWay) || isHeld.getState())) return
    end()
    onEnd(isFailed)
  }

  /** In a task of its own: what has just become ready must be in the draft, and what was composed in the input. */
  function lookSoon(): void {
    for (const { id } of files.getState().filter(isOnItsWay)) failedBefore.delete(id) // tried again
    timer ??= setTimeout(look)
  }

  function end(): void {
    clearTimeout(timer)
    for (const stop of stops) stop()
  }

  const stops = [files.subscribe(lookSoon), isHeld.subscribe(lookSoon)]
  return end
}

function hasFailed({ status }: TurnFile): boolean {
  return status === 'failed'
}

function idOf({ id }: TurnFile): string {
  return id
}
