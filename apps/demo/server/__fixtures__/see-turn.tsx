import { createFluoClient, relayTransport, type FluoError, type TurnInput } from '@fluokit/core'
import { ChatThread, FluoProvider } from '@fluokit/react'
import { createRelay, type RelayLogEntry, type RelayOptions } from '@fluokit/relay'
import { renderToString } from 'react-dom/server'
import { hello, stream, type Fluo } from './fluo-answers.ts'

const apiKey = 'sk-canary-5d1e7a20'
const projectId = 'project-canary-31'
const sealKey = crypto.getRandomValues(new Uint8Array(32))


/** What makes one refusal. */
export interface Setting {
  readonly options?: Partial<RelayOptions>
  /** What Fluo answers; by default a whole answer. */
  readonly fluo?: Fluo
  /** The request as the relay gets it. */
  readonly change?: (request: Request) => Request
  readonly input?: TurnInput
  readonly agentId?: string
  readonly threadRef?: string
  /** A call whose answer is open while the turn is asked for. */
  readonly before?: object
  /** Whether the relay was closed before. */
  readonly isClosed?: boolean
}

/** What comes of it: for the person, for the browser's program and for the log. */
export interface Outcome {
  readonly reads: string
  readonly code: string
  readonly status?: number
  readonly detail?: string | RegExp
  readonly upstreamStatus?: number
  /** Where the log has another code than the browser. */
  readonly logCode?: string
  /** @default 'error' for 5xx and what is said in the stream, else 'warn' */
  readonly level?: RelayLogEntry['level']
}

/** What each of them was told. */
export interface Seen {
  readonly reads: string
  readonly error: FluoError | null
  readonly log: readonly RelayLogEntry[]
}

function post(body: object): Request {
  const headers = { 'content-type': 'application/json' }
  return new Request('http://app.example/', { method: 'POST', headers, body: JSON.stringify(body) })
}

/** One turn from a person to Fluo and back. */
export async function seeTurn(setting: Setting): Promise<Seen> {
  const log: RelayLogEntry[] = []
  // Relays of one process may know each other's runs.
  const userId = crypto.randomUUID()
  const relay = createRelay({
    apiKey,
    projectId,
    agents: ['helper'],
    sealKeys: [{ id: 'a', key: sealKey }],
    authorize: () => ({ userId }),
    fetch: (_url, init) =>
      (setting.fluo ?? stream(hello))(init?.signal ?? new AbortController().signal),
    log: (entry) => log.push(entry),
    ...setting.options,
  })
  if (setting.isClosed === true) await relay.close()
  const before = setting.before && (await relay(post(setting.before)))
  const threadRef =
    setting.threadRef === 'sealed'
      ? await relay.sealThread(userId, 'helper', 'thread_canary_1')
      : setting.threadRef
  const client = createFluoClient({
    transport: relayTransport({
      url: 'http://app.example/api/fluo',
      fetch: (url, init) => {
        const request = new Request(url, init)
        return relay(setting.change?.(request) ?? request)
      },
    }),
    userScope: userId,
    retryRateLimited: false,
  })
  const thread = client.thread({
    agentId: setting.agentId ?? 'helper',
    ...(threadRef !== undefined && { threadRef }),
  })
  await thread.send(setting.input ?? { query: 'What is it?' })
  const { getState, subscribe } = thread.store
  // A server renders the first state of a store; this one's is the state after the turn.
  const store = { getState, subscribe, getInitialState: getState }
  const page = (
    <FluoProvider client={client}>
      <ChatThread.Root thread={{ ...thread, store }}>
        <ChatThread.Error />
      </ChatThread.Root>
    </FluoProvider>
  )
  const html = renderToString(page)
  client.dispose()
  await before?.body?.cancel()
  return {
    reads: /data-part="chat-thread-error"[^>]*>(?:<[^>]*>)*([^<]*)/.exec(html)?.[1] ?? '',
    error: getState().error,
    log,
  }
}


/** Rows of refusals, by what is refused. */
export type Rows = Readonly<Record<string, readonly [Setting, Outcome]>>
