import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A server that answers. */
export interface Served {
  /** Where it listens, without a slash at the end. */
  readonly url: string
  /** Resolves once no answer is open. */
  idle(): Promise<void>
  /** Drops every connection and stops listening. */
  close(): Promise<void>
}

/** Answers requests on loopback only. An answer that throws is a warning and a broken connection. Rejects when the port is taken. */
export async function serve(
  port: number,
  answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
): Promise<Served> {
  const answers = new Set<Promise<void>>()
  const server = createServer((request, response) => {
    const answered = answer(request, response)
      .catch((thrown: unknown) => {
        process.emitWarning(`The stand-in could not answer: ${String(thrown)}`)
        response.destroy()
      })
      .finally(() => answers.delete(answered))
    answers.add(answered)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      resolve()
    })
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async idle() {
      while (answers.size > 0) await Promise.all(answers)
    },
    async close() {
      const closed = new Promise<void>((resolve) => void server.close(() => resolve()))
      server.closeAllConnections()
      await Promise.all([closed, ...answers])
    },
  }
}
