import type { Socket } from 'node:net'

/** Writes to a socket in order. Once the other side is gone, nothing is written and nothing is thrown. */
export interface SocketWriter {
  /** Resolves when the bytes are with the operating system. */
  write(bytes: Uint8Array | string): Promise<void>
  /** From now on one byte a write, with a wait after each. */
  slowDown(wait: () => Promise<unknown>): void
  /** Sends FIN. */
  end(): void
}

export function createSocketWriter(socket: Socket): SocketWriter {
  let wait: (() => Promise<unknown>) | null = null

  function put(bytes: Uint8Array): Promise<void> {
    if (!socket.writable || bytes.length === 0) return Promise.resolve()
    return new Promise((resolve) => void socket.write(bytes, () => resolve()))
  }

  return {
    async write(given) {
      const bytes = Buffer.from(given as Uint8Array)
      if (wait === null) return put(bytes)
      for (const byte of bytes) {
        await put(Buffer.of(byte))
        await wait()
      }
    },
    slowDown: (next) => void (wait = next),
    end() {
      if (socket.writable) socket.end()
    },
  }
}
