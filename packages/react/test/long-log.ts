import type { Turn } from '@fluokit/core'
import { ChatThreadVirtualMessages } from '../src/virtual/index.ts'
import {
  frames,
  lines,
  scrollingLog,
  topIn,
  type LogOptions,
  type ScrollingLog,
} from './scrolling-log.tsx'
import { turnsOf } from './turns.ts'

/** So many turns, and twice as many messages, whose answers have between 1 and 13 lines, in no order. */
export function unevenTurns(count: number): readonly Turn[] {
  return turnsOf(count).map((turn, index) => ({
    ...turn,
    runs: turn.runs.map((run) => ({
      ...run,
      messages: run.messages.map((message) => ({
        ...message,
        parts: [
          {
            type: 'text' as const,
            id: `text-${index}`,
            chunks: [`answer ${index} in words that need a line of their own or two\n`].concat(
              lines((index * 7) % 13),
            ),
          },
        ],
      })),
    })),
  }))
}

/** A log that is 200 pixels high, of 1,000 messages of unknown heights, few of which are on the page. */
export function longLog({
  turns = unevenTurns(500),
  ...options
}: LogOptions = {}): Promise<ScrollingLog> {
  return scrollingLog({ turns, Messages: ChatThreadVirtualMessages, ...options })
}

/** The rows that are on the page, in order. */
export function rowsIn(viewport: HTMLElement): readonly HTMLElement[] {
  return [...viewport.querySelectorAll<HTMLElement>('[data-part="chat-thread-row"]')]
}

/** The row of this index, if it is on the page. */
export function rowAt(viewport: HTMLElement, index: number): HTMLElement | null {
  return viewport.querySelector(`[data-part="chat-thread-row"][data-index="${index}"]`)
}

/** The rows that are in view, which must fill it: what is not rendered is a gap. */
export function rowsInView(viewport: HTMLElement): readonly HTMLElement[] {
  const { top, bottom } = viewport.getBoundingClientRect()
  return rowsIn(viewport).filter((row) => {
    const box = row.getBoundingClientRect()
    return box.bottom > top && box.top < bottom
  })
}

/** How many pixels of the view show no row. */
export function emptyIn(viewport: HTMLElement): number {
  const { top, bottom } = viewport.getBoundingClientRect()
  const shown = rowsInView(viewport).map((row) => {
    const box = row.getBoundingClientRect()
    return Math.min(box.bottom, bottom) - Math.max(box.top, top)
  })
  return viewport.clientHeight - shown.reduce((sum, height) => sum + height, 0)
}

/**
 * Scrolls by so many pixels, in frames of its own, and returns by how much the row that is first in view moved more or
 * less than that.
 */
export async function jumpOf(viewport: HTMLElement, by: number): Promise<number> {
  const [shown] = rowsInView(viewport)
  const before = topIn(viewport, shown)
  const from = viewport.scrollTop
  viewport.scrollTop += by
  const moved = viewport.scrollTop - from // less at either end
  await frames(2)
  return topIn(viewport, shown) - before + moved
}
