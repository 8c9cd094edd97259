import type { IncomingMessage, ServerResponse } from 'node:http'
import type { StoredMessage } from '../text/make-history.ts'
import { openStream, writeDeltas } from './stream-answer.ts'
import { dataLine } from './protocol.ts'
import { readJson, sendJson } from './json.ts'
import type { ServedRun } from './served-run.ts'

/**
 * What LangChain's `useStream` asks of an agent server: the thread's state and history, the command that starts a run, and
 * event streams filtered by channel. The answer is said on the first stream that asks for messages.
 */
export function createLangGraph(
  run: ServedRun | null,
  history: readonly StoredMessage[],
): (request: IncomingMessage, response: ServerResponse, path: string) => Promise<void> {
  let sequence = 0
  let start = (): void => undefined
  const started = new Promise<void>((resolve) => (start = resolve))
  const event = (method: string, data: object): string => {
    sequence += 1
    const params = { namespace: [], timestamp: Date.now(), data }
    return dataLine({ type: 'event', seq: sequence, event_id: String(sequence), method, params })
  }

  async function answer(response: ServerResponse, served: ServedRun): Promise<void> {
    await started
    const content = { type: 'text', text: '' }
    response.write(event('lifecycle', { event: 'running' }))
    response.write(event('messages', { event: 'message-start', id: 'answer', role: 'ai' }))
    response.write(event('messages', { event: 'content-block-start', index: 0, content }))
    await writeDeltas(response, served, (text) =>
      event('messages', {
        event: 'content-block-delta',
        index: 0,
        delta: { type: 'text-delta', text },
      }),
    )
    if (response.destroyed) return
    const whole = { type: 'text', text: served.text }
    response.write(event('messages', { event: 'content-block-finish', index: 0, content: whole }))
    response.write(event('messages', { event: 'message-finish', reason: 'stop' }))
    response.write(event('lifecycle', { event: 'completed' }))
  }

  return async (request, response, path) => {
    if (path.endsWith('/state')) return sendJson(response, stateOf(history))
    if (path.endsWith('/history')) return sendJson(response, [])
    const body = await readJson(request)
    if (path.endsWith('/commands')) {
      sendJson(response, { type: 'success', id: body['id'], result: { run_id: 'run' } })
      return start()
    }
    if (!path.endsWith('/stream/events')) return void response.writeHead(404).end()
    openStream(response)
    const channels = body['channels']
    const isForMessages = Array.isArray(channels) && channels.includes('messages')
    if (run !== null && isForMessages) await answer(response, run)
  }
}

function stateOf(history: readonly StoredMessage[]): object {
  return {
    values: {
      messages: history.map(({ id, role, text }) => ({
        id,
        type: role === 'user' ? 'human' : 'ai',
        content: text,
      })),
    },
    next: [],
    tasks: [],
    metadata: { step: 1 },
    checkpoint: { thread_id: 'thread', checkpoint_id: 'checkpoint', checkpoint_ns: '' },
  }
}
