import type { IncomingMessage, ServerResponse } from 'node:http'
import { breaks, type Break } from './agent/break-next.ts'

/** Takes `{"how": …}` from the page's drawer: what is to go wrong with the next answer, null for nothing. */
export function serveBreaks(
  arm: (how: Break | null) => void,
): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    const isOurs =
      request.method === 'POST' &&
      request.headers['content-type'] === 'application/json' &&
      request.headers['sec-fetch-site'] !== 'cross-site'
    if (!isOurs) return void response.writeHead(405).end()
    let body = ''
    request.setEncoding('utf8')
    request.on('data', (text: string) => {
      body += text
      if (body.length > 200) request.destroy()
    })
    request.on('end', () => {
      const how = readHow(body)
      if (how === undefined) return void response.writeHead(422).end()
      arm(how)
      response.writeHead(204).end()
    })
  }
}

function readHow(body: string): Break | null | undefined {
  try {
    const { how } = JSON.parse(body) as { how?: unknown }
    return how === null ? null : breaks.find((known) => known === how)
  } catch {
    return undefined
  }
}
