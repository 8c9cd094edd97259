import type { Socket } from 'node:net'

/** Writes to a socket in order. Once the other side is gone, nothing is written and nothing is thrown. */
export interface SocketWriter {
  /** Resolves when the bytes are with the operating system. */
  write(bytes: Uint8Array | string): Promise<void>
  /** The next so many bytes one a write, with a wait after each. */
  slowDown(bytes: number, wait: () => Promise<unknown>): void
  /** Sends FIN. */
  end(): void
}

export function createSocketWriter(socket: Socket): SocketWriter {
  let slow = 0
  let wait = (): Promise<unknown> => Promise.resolve()

  function put(bytes: Uint8Array): Promise<void> {
    if (!socket.writable || bytes.length === 0) return Promise.resolve()
    return new Promise((resolve) => void socket.write(bytes, () => resolve()))
  }

  return {
    async write(given) {
      const bytes = Buffer.from(given as Uint8Array)
      const singles = bytes.subarray(0, slow)
      slow -= singles.length
      for (const byte of singles) {
        await put(Buffer.of(byte))
        await wait()
      }
      await put(bytes.subarray(singles.length))
    },
    slowDown(bytes, after) {
      slow = bytes
      wait = after
    },
    end() {
      if (socket.writable) socket.end()
    },
  }
}
