import { randomUUID } from 'node:crypto'
import { relayTransport, type FluoEvent } from '../../packages/core/src/index.ts'
import type { HeldFluo } from './held-fluo.ts'

const words = ['One, ', 'two, ', 'three.']

/** How long a step may take before something on the way must have held it back. */
const limitMs = 10_000

/**
 * Asks through a home, where the agent says each word only once the one before it has been read. Throws where something on
 * the way waits for more, or where the end is missing.
 */
export async function streamThrough(url: string, fluo: HeldFluo): Promise<string> {
  const [first = '', ...rest] = words
  let text = ''
  let last: FluoEvent | undefined
  fluo.say(first)
  for await (const event of ask(url, fluo)) {
    last = event
    if (event.type !== 'message_delta') continue
    text += event.text ?? ''
    const next = rest.shift()
    if (next === undefined) fluo.finish()
    else fluo.say(next)
  }
  if (text !== words.join('')) throw new Error(`Of the answer "${text}" came through`)
  if (last?.type !== 'message_final') throw new Error(`The last event was ${last?.type}`)
  return `${words.length} words, each before the next was said`
}

/** Asks, leaves after the first word, and waits for the home to leave Fluo. */
export async function leaveEarly(url: string, fluo: HeldFluo): Promise<void> {
  const asked = fluo.standIn.nextRequest()
  const leave = new AbortController()
  fluo.say('One, ')
  for await (const event of ask(url, fluo, leave.signal)) {
    if (event.type === 'message_delta') break
  }
  leave.abort()
  const request = await asked
  await inTime(request.closed, 'Fluo was not left')
  if (request.closedBy !== 'client') throw new Error('Fluo ended the answer by itself')
}

/** Throws unless a call that is wrong is answered, in full, with the code that says so. */
export async function readRefusal(url: string): Promise<string> {
  const response = await fetch(`${url}/api/fluo`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ op: 'start', runId: 'not all of it' }),
    signal: AbortSignal.timeout(limitMs),
  })
  const { error } = (await response.json()) as { readonly error: { readonly code: string } }
  if (response.status !== 422 || error.code !== 'invalid') {
    throw new Error(`It was answered ${response.status} ${error.code}`)
  }
  return `${response.status}, encoded as ${response.headers.get('content-encoding') ?? 'it is'}`
}

/** Resolves as the promise does, and rejects with the sentence where that takes too long. */
export async function inTime<T>(promise: Promise<T>, sentence: string): Promise<T> {
  let late: NodeJS.Timeout | undefined
  const tooLate = new Promise<never>((_, reject) => {
    late = setTimeout(() => reject(new Error(`${sentence} within ${limitMs / 1000} s`)), limitMs)
  })
  try {
    return await Promise.race([promise, tooLate])
  } finally {
    clearTimeout(late)
  }
}

async function* ask(
  url: string,
  fluo: HeldFluo,
  left: AbortSignal = new AbortController().signal,
): AsyncGenerator<FluoEvent> {
  const transport = relayTransport({ url: `${url}/api/fluo` })
  const agentId = fluo.standIn.agents[0] ?? ''
  const run = { runId: randomUUID(), agentId, threadRef: null, input: { query: 'Count.' } }
  const late = AbortSignal.timeout(limitMs)
  try {
    for await (const batch of transport.start(run, AbortSignal.any([late, left]))) {
      for (const { event } of batch) yield event
    }
  } catch (thrown) {
    throw late.aborted ? new Error(`Nothing more came within ${limitMs / 1000} s`) : thrown
  }
}
