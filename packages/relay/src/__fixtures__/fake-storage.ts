import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

export interface StoredPut {
  readonly method: string
  readonly url: string
  readonly headers: IncomingHttpHeaders
  /** How many bytes have come by now. */
  readonly received: number
  /** The bytes, once all of them have come. */
  readonly bytes: Promise<Buffer>
  /** Resolves when the connection is gone before the answer was whole. */
  readonly cut: Promise<void>
}

export interface FakeStorage {
  readonly url: string
  readonly puts: readonly StoredPut[]
}

export interface StorageBehaviour {
  /** Answers once all bytes are there; by default with 200. */
  readonly answer?: (response: ServerResponse) => void
  /** Answers before a byte is read. */
  readonly early?: (response: ServerResponse) => void
  /** Reads nothing until it resolves. */
  readonly wait?: Promise<void>
}

/** A storage on a loopback port, for the length of one test, that keeps what is put into it. */
export async function fakeStorage(behaviour: StorageBehaviour = {}): Promise<FakeStorage> {
  const puts: StoredPut[] = []
  const server = createServer((incoming, outgoing) => {
    const { method = '', url = '', headers } = incoming
    const pieces: Buffer[] = []
    let received = 0
    const bytes = new Promise<Buffer>((resolve) => {
      incoming.once('end', () => resolve(Buffer.concat(pieces)))
    })
    const cut = new Promise<void>((resolve) => {
      outgoing.once('close', () => {
        if (!outgoing.writableFinished) resolve()
      })
    })
    puts.push({
      method,
      url,
      headers,
      bytes,
      cut,
      get received() {
        return received
      },
    })
    incoming.on('error', () => undefined)
    if (behaviour.early !== undefined) return behaviour.early(outgoing)
    void (behaviour.wait ?? Promise.resolve()).then(() => {
      incoming.on('data', (piece: Buffer) => {
        received += piece.length
        pieces.push(piece)
      })
    })
    void bytes.then(() => (behaviour.answer ?? ((response) => response.end()))(outgoing))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, puts }
}
