import type { IncomingMessage, ServerResponse } from 'node:http'
import type { RecordedPut } from './recorded-put.ts'

/** What a storage was asked to keep, and those who wait for it. */
export interface PutLog {
  readonly puts: readonly RecordedPut[]
  /** Notes a PUT. What is returned counts its bytes. */
  record(request: IncomingMessage, response: ServerResponse, path: string): (bytes: number) => void
  nextPut(): Promise<RecordedPut>
}

const longest = 1000

/** An empty log. It forgets all but the last thousand PUTs. */
export function createPutLog(): PutLog {
  const puts: RecordedPut[] = []
  const waiting: ((put: RecordedPut) => void)[] = []
  return {
    puts,
    record(request, response, path) {
      let read = 0
      const statusOf = (): number | null => (response.headersSent ? response.statusCode : null)
      const put: RecordedPut = {
        path,
        headers: Object.fromEntries(
          Object.entries(request.headers).map(([name, value]) => [name, [value].flat().join(', ')]),
        ),
        get bytes() {
          return read
        },
        get status() {
          return statusOf()
        },
        ended: new Promise((resolve) => response.once('close', () => resolve(statusOf()))),
      }
      puts.push(put)
      if (puts.length > longest) puts.shift()
      waiting.splice(0).forEach((resolve) => resolve(put))
      return (bytes) => void (read += bytes)
    },
    nextPut: () => new Promise((resolve) => void waiting.push(resolve)),
  }
}
