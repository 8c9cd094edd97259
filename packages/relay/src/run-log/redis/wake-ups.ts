import type { RedisListener, RedisRunLogClient, RedisSubscriber } from './redis-run-log-client.ts'

/**
 * Messages of Redis, through one connection of their own. They only make things quick: nothing depends on one being
 * heard, so nothing here ever fails.
 */
export interface WakeUps {
  /** Resolves when messages are heard from now on, or when it cannot be had; not before Redis can be reached. */
  listen(channel: string, listener: RedisListener): Promise<void>
  drop(channel: string): void
  close(): void
}

interface Connection {
  readonly subscriber: RedisSubscriber
  /** Never rejects. */
  readonly opening: Promise<unknown>
  isOpening: boolean
}

/** No connection until somebody listens. */
export function createWakeUps(client: RedisRunLogClient): WakeUps {
  const listeners = new Map<string, RedisListener>()
  let connection: Connection | null = null
  let isClosed = false

  /** A client that has given up connecting is replaced. */
  function connect(): Connection {
    if (connection?.isOpening === true || connection?.subscriber.isOpen === true) return connection
    const subscriber = client.duplicate()
    subscriber.on('error', ignore)
    const known = [...listeners]
    const made: Connection = {
      subscriber,
      isOpening: true,
      opening: subscriber
        .connect()
        .catch(ignore)
        .then(() => {
          made.isOpening = false
          for (const [channel, listener] of known) void subscribe(made, channel, listener)
        }),
    }
    connection = made
    return made
  }

  async function subscribe(
    to: Connection,
    channel: string,
    listener: RedisListener,
  ): Promise<void> {
    if (listeners.get(channel) !== listener) return // dropped while the connection was opening
    await to.subscriber.subscribe(channel, listener).catch(ignore)
  }

  return {
    async listen(channel, listener) {
      if (isClosed) return
      const current = connect()
      listeners.set(channel, listener)
      await current.opening
      await subscribe(current, channel, listener)
    },
    drop(channel) {
      const listener = listeners.get(channel)
      listeners.delete(channel)
      if (listener !== undefined)
        connection?.subscriber.unsubscribe(channel, listener).catch(ignore)
    },
    close() {
      isClosed = true
      listeners.clear()
      try {
        connection?.subscriber.destroy()
      } catch {
        // It was closed already.
      }
      connection = null
    },
  }
}

function ignore(): void {
  // A client connects again by itself, and until then readers and owners ask.
}
