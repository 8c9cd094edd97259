import { createReadStream } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join, normalize } from 'node:path'
import type { RunScenario } from '../scenarios.ts'
import { makeHistory } from '../text/make-history.ts'
import { createRelayHandler } from './create-relay-handler.ts'
import { readJson, sendJson } from './json.ts'
import { createLangGraph } from './langgraph.ts'
import { aiSdk, fluo, plain, tanstack } from './protocols.ts'
import { createServedRun, now, type ServedRun } from './served-run.ts'
import { streamAnswer } from './stream-answer.ts'

/** The one server of the bench: the pages, and every protocol. */
export interface BenchServer {
  readonly url: string
  /** Has a page served next, under a token that its calls carry: a scenario's answer, or a thread that is only opened. */
  expect(token: string, scenario: RunScenario | null, earlier: number): ServedRun | null
  close(): Promise<void>
}

type Handler = (request: IncomingMessage, response: ServerResponse, path: string) => unknown

const protocols = { plain, 'ai-sdk': aiSdk, tanstack }

/** Starts it on a free port of this machine's loopback. `pages` is where the built pages are. */
export async function startServer(pages: string): Promise<BenchServer> {
  const runs = new Map<string, ServedRun>()
  const langGraphs = new Map<string, Handler>()

  async function answer(
    request: IncomingMessage,
    response: ServerResponse,
    token: string,
    name: string,
  ): Promise<void> {
    await readJson(request)
    const run = runs.get(token)
    const protocol = Object.entries(protocols).find(([known]) => known === name)?.[1]
    if (run === undefined || protocol === undefined) return void response.writeHead(404).end()
    await streamAnswer(response, run, protocol)
  }

  async function answerAsFluo(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { query } = await readJson(request)
    const run = runs.get(String(query))
    if (run === undefined) return void response.writeHead(404).end()
    await streamAnswer(response, run, fluo)
  }

  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname: path, searchParams } = new URL(request.url ?? '/', 'http://localhost')
    const earlier = Number(searchParams.get('earlier'))
    const [, first = '', second = '', third = ''] = path.split('/')
    if (first === 'pages' && third === '') return sendHtml(response, earlier)
    if (first === 'pages') return sendScript(response, join(pages, normalize(path.slice(6))))
    if (first === 'clock') return sendJson(response, now())
    if (first === 'history.js') return sendHistory(response, Number(second))
    if (first === 'upstream') return answerAsFluo(request, response)
    if (first === 'relay') return relay(request, response)
    if (second === 'langgraph') {
      const langGraph = langGraphs.get(third)
      return void (langGraph ? await langGraph(request, response, path) : response.end())
    }
    if (first === 'api') return answer(request, response, third, second)
    response.writeHead(404).end()
  }

  const server = createServer((request, response) => {
    route(request, response).catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const relay = await createRelayHandler(`${url}/upstream`)
  return {
    url,
    expect(token, scenario, earlier) {
      runs.clear()
      langGraphs.clear()
      const run = scenario && createServedRun(scenario)
      if (run !== null) runs.set(token, run)
      langGraphs.set(token, createLangGraph(run, makeHistory(earlier)))
      return run
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function sendHtml(response: ServerResponse, earlier: number): void {
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(html(earlier))
}

const html = (earlier: number): string => `<!doctype html>
<html lang="en">
  <meta charset="utf-8" />
  <link rel="icon" href="data:," />
  <title>Bench</title>
  <style>
    html { overflow-y: scroll; overflow-anchor: none; }
    body { margin: 0; font: 16px/1.5 sans-serif; }
    .row { padding: 8px; white-space: pre-wrap; overflow-wrap: anywhere; }
  </style>
  <div id="root"></div>
  <script src="/history.js/${earlier}"></script>
  <script type="module" src="main.js"></script>
</html>
`

function sendHistory(response: ServerResponse, count: number): void {
  response
    .writeHead(200, { 'content-type': 'text/javascript; charset=utf-8' })
    .end(`bench.history = ${JSON.stringify(makeHistory(count))}`)
}

function sendScript(response: ServerResponse, file: string): void {
  createReadStream(file)
    .on('error', () => response.writeHead(404).end())
    .once('open', () => response.setHeader('content-type', 'text/javascript; charset=utf-8'))
    .pipe(response)
}
