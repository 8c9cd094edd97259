import { frames, scrollingLog, type LogOptions, type ScrollingLog } from './scrolling-log.tsx'

/** What makes the log a block of 200 pixels that scrolls. */
export const style = { height: 200, overflow: 'auto', font: '16px/20px sans-serif' } as const

export interface TurnStartLog extends ScrollingLog {
  /** Sends a turn, and gives its question. */
  readonly send: (query: string) => Promise<HTMLElement>
  /** The element that makes room for the answer, and how tall it is. */
  readonly space: () => HTMLElement | null
  readonly height: () => number
}

/** A log with `anchor="turn-start"`. */
export async function turnStartLog({
  viewport,
  ...options
}: LogOptions = {}): Promise<TurnStartLog> {
  const log = await scrollingLog({
    ...options,
    viewport: { anchor: 'turn-start', style, ...viewport },
  })
  const space = (): HTMLElement | null =>
    log.viewport.querySelector('[data-part="chat-thread-space"]')
  return {
    ...log,
    space,
    height: () => space()?.offsetHeight ?? -1,
    async send(query) {
      void log.thread.send(query)
      await frames()
      const question = log.viewport.querySelectorAll<HTMLElement>('[data-role="user"]')
      return question[question.length - 1] as HTMLElement
    },
  }
}
