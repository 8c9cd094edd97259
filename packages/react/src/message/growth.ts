import type { Message, Part, ReadableStore, TextPart, ThreadState, Turn } from '@fluokit/core'
import type { ChatMessage } from '../chat-messages.ts'
import { isGrown } from './is-grown.ts'

/** A thread's newest turn for who renders it: what only grows renders nothing, and is written by the part that shows it. */
export interface Growth {
  /** Calls back after each commit. */
  readonly subscribe: (listener: () => void) => () => void
  /** The newest turn: the same one while only the text of its newest part grows, until code of the app's has read that text. */
  readonly getTurn: () => Turn | null
  readonly getInitialTurn: () => Turn | null
  /** A message as the app's code gets it: an open one whose `parts` are what they are when they are first read. */
  readonly watch: (message: ChatMessage) => ChatMessage
  /** A message as it is now. */
  readonly latest: (message: ChatMessage) => ChatMessage
  /** The newest part of an open message. */
  readonly follow: (message: ChatMessage, part: TextPart) => GrowingPart
}

/** A part that may grow. */
export interface GrowingPart {
  /** The part as the app's code gets it: its `chunks` are what they are when they are first read. */
  readonly watched: TextPart
  /** The part as it is now; one that is gone, as it was last. */
  readonly latest: () => TextPart
  readonly subscribe: (listener: () => void) => () => void
}

/** Follows a thread's newest turn for one list of its messages. */
export function createGrowth(store: ReadableStore<ThreadState>): Growth {
  const watched = new WeakMap<ChatMessage, ChatMessage>()
  let outline: Turn | null = null
  let isRead = false

  function partsOf({ id }: ChatMessage): readonly Part[] | undefined {
    const { turns } = store.getState()
    let found: Message | undefined
    for (let at = turns.length - 1; at >= 0 && found === undefined; at -= 1) {
      found = turns[at]?.runs.flatMap(({ messages }) => messages).find((other) => other.id === id)
    }
    return found?.parts
  }

  function latest(message: ChatMessage): ChatMessage {
    const parts = isOpen(message) ? partsOf(message) : undefined
    return parts === undefined || message.role === 'user' ? message : { ...message, parts }
  }

  return {
    subscribe: store.subscribe,
    getTurn() {
      const turn = store.getState().turns.at(-1) ?? null
      const isSame = !isRead && turn !== null && outline !== null && isGrown(outline, turn)
      if (!isSame) outline = turn
      return outline
    },
    getInitialTurn: () => store.getInitialState().turns.at(-1) ?? null,
    latest,
    watch(message) {
      if (message.role === 'user' || !isOpen(message)) return message
      const known = watched.get(message)
      if (known !== undefined) return known
      const { parts } = message
      const made = withRead(message, 'parts', () => {
        isRead = true
        return partsOf(message) ?? parts
      })
      watched.set(message, made)
      return made
    },
    follow(message, part) {
      let last = part
      // The next part may have come, or the next turn, before anything has rendered.
      function latestPart(): TextPart {
        const now = partsOf(message)?.findLast(({ id }) => id === part.id)
        if (now !== undefined && 'chunks' in now) last = now
        return last
      }
      return {
        subscribe: store.subscribe,
        latest: latestPart,
        watched: withRead(part, 'chunks', () => {
          isRead = true
          return latestPart().chunks
        }),
      }
    },
  }
}

/** Whether more of a message may come. */
export function isOpen(message: ChatMessage): boolean {
  return message.role === 'assistant' && message.end === null
}

/** A copy with one field that is asked for when it is first read, and stays as it was then: what has rendered must be told from what is new. */
function withRead<T extends object, Key extends keyof T>(
  source: T,
  field: Key,
  read: () => T[Key],
): T {
  let value: T[Key] | undefined
  return Object.defineProperty({ ...source }, field, {
    enumerable: true,
    get: () => (value ??= read()),
  })
}
