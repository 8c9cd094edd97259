'use client'
import type { Turn } from '@fluokit/core'
import { Fragment, useMemo, type ReactNode } from 'react'
import { countMessages } from '../chat-messages.ts'
import type { ChatThreadMessagesProps } from '../chat-thread/messages.tsx'
import { TurnMessages } from '../chat-thread/turn-messages.tsx'
import { useListedTurns } from '../chat-thread/use-listed-turns.ts'
import { useNewestTurn } from '../chat-thread/use-newest-turn.ts'
import { useWarmMoments } from '../chat-thread/use-warm-moments.ts'
import { HydrationContext, MessageCountContext } from '../message/message-context.ts'
import { useHydration } from '../part/use-hydration.ts'
import { useThread } from '../use-thread.ts'
import { useRowWindow } from './use-row-window.ts'

export type ChatThreadVirtualMessagesProps = ChatThreadMessagesProps

/**
 * The messages of a long thread in the place of ChatThread.Messages: of all turns only those near the view are on the
 * page. Renders a `<div data-part="chat-thread-messages">` with a `<div data-part="chat-thread-row">` for each of these
 * turns and, for those in between, a `<div data-part="chat-thread-gap">` of their height. Stands in ChatThread.Viewport,
 * and throws outside of it.
 *
 * The first and the newest turn stay, as does a turn while the focus or an end of the selection is in it, with three on
 * either side of the focus. Everything that is selected stands while it is copied, and all of it while the page is
 * printed. Where nothing can be measured, as on a server, the newest ten turns stand. Re-renders when a turn is added and
 * when others come near the view.
 */
export function ChatThreadVirtualMessages({
  children,
  fallback,
}: ChatThreadVirtualMessagesProps): ReactNode {
  const { store } = useThread()
  const turns = useListedTurns()
  const { newest, growth } = useNewestTurn(true)
  const learnHydrated = useHydration()
  useWarmMoments()
  const { rows, listRef } = useRowWindow(store)
  const before = useMemo(() => countsBefore(turns), [turns])
  const places = rows.placesFor(turns)
  const last = turns.length - 1
  return (
    <HydrationContext value={learnHydrated}>
      <MessageCountContext value={(before[last] ?? 0) + countOf(newest)}>
        <div data-part="chat-thread-messages" ref={listRef}>
          {places.map(({ index, gap }) => {
            const turn = turns[index]
            const shown = index === last ? newest : turn
            return (
              turn !== undefined && (
                // The key of the row is that of the gap before it as well: what stays is never moved, and keeps the focus.
                <Fragment key={turn.id}>
                  {gap > 0 && (
                    <div
                      aria-hidden="true"
                      data-part="chat-thread-gap"
                      style={{ height: gap, overflowAnchor: 'none' }}
                    />
                  )}
                  <div
                    data-part="chat-thread-row"
                    data-index={index}
                    style={{ display: 'flow-root' }}
                    ref={rows.measure}
                  >
                    {shown?.id === turn.id && (
                      <TurnMessages
                        turn={shown}
                        growth={index === last ? growth : null}
                        before={before[index] ?? 0}
                        fallback={fallback}
                      >
                        {children}
                      </TurnMessages>
                    )}
                  </div>
                </Fragment>
              )
            )
          })}
        </div>
      </MessageCountContext>
    </HydrationContext>
  )
}

function countOf(turn: Turn | null): number {
  return turn === null ? 0 : countMessages(turn)
}

/** How many messages stand before each turn. */
function countsBefore(turns: readonly Turn[]): readonly number[] {
  let count = 0
  return turns.map((turn) => {
    const before = count
    count += countMessages(turn)
    return before
  })
}
