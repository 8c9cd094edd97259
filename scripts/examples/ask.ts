import { FluoFault } from '../../packages/core/src/index.ts'
import type { Running } from '../consumer/start-process.ts'
import { createAsker, inTime, limitMs, type Reading } from './asker.ts'
import type { HeldFluo } from './held-fluo.ts'

const words = ['One, ', 'two, ', 'three.']

/**
 * Asks through a home, where the agent says each word only once the one before it has been read. Throws where something on
 * the way waits for more, or where the end is missing.
 */
export async function streamThrough(
  url: string,
  fluo: HeldFluo,
  over?: Parameters<typeof createAsker>[2],
): Promise<string> {
  await idle(fluo)
  fluo.say(words[0] ?? '')
  await readOn(createAsker(url, fluo, over).start(), fluo, 0)
  return `${words.length} words, each before the next was said`
}

/** Asks, leaves after the first word, and waits for the home to leave Fluo, as it does where it gives no grace. */
export async function leaveEarly(url: string, fluo: HeldFluo): Promise<void> {
  await idle(fluo)
  const asked = fluo.standIn.nextRequest()
  const leave = new AbortController()
  await firstWord(createAsker(url, fluo).start(leave.signal), fluo)
  leave.abort()
  const request = await asked
  await inTime(request.closed, 'Fluo was not left')
  if (request.closedBy !== 'client') throw new Error('Fluo ended the answer by itself')
}

/**
 * Reads a run on from a cursor in a second stream, as another tab or a page after a reload does; `between` is what
 * happens before. Throws unless the rest arrives, and Fluo was asked once.
 */
export async function readFromCursor(
  url: string,
  fluo: HeldFluo,
  between: (leave: () => void) => Promise<void> | void = () => undefined,
): Promise<string> {
  await idle(fluo)
  const before = fluo.standIn.requests.length
  const asker = createAsker(url, fluo)
  const leave = new AbortController()
  const cursor = await firstWord(asker.start(leave.signal), fluo)
  await between(() => leave.abort())
  const rest = asker.resume(cursor)
  fluo.say(words[1] ?? '')
  await readOn(rest, fluo, 1)
  const asked = fluo.standIn.requests.length - before
  if (asked !== 1) throw new Error(`Fluo was asked ${asked} times`)
  return 'the rest of the answer, asked for once'
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

/** Tells the server to end while an answer is open. Throws unless the answer comes whole, and the server ends then. */
export async function endServer(url: string, fluo: HeldFluo, server: Running): Promise<void> {
  await idle(fluo)
  const answer = createAsker(url, fluo).start()
  await firstWord(answer, fluo)
  server.stop('SIGTERM')
  fluo.say(words[1] ?? '')
  await readOn(answer, fluo, 1)
  await inTime(server.ended, 'The server did not end')
}

/**
 * Kills the server while an answer is open. Throws unless its reader is told: the answer is marked as one whose end is
 * said, and it is not said, whatever the end of the body looks like.
 */
export async function killServer(url: string, fluo: HeldFluo, server: Running): Promise<string> {
  await idle(fluo)
  const answer = createAsker(url, fluo).start()
  await firstWord(answer, fluo)
  server.stop()
  try {
    while ((await answer.next()).done !== true) continue
  } catch (thrown) {
    if (thrown instanceof FluoFault && thrown.error.code === 'network') return 'it broke off'
    throw thrown
  }
  throw new Error('A cut looks like an end')
}

function idle(fluo: HeldFluo): Promise<void> {
  return inTime(fluo.idle(), 'Fluo did not come to the end of the run before')
}

async function firstWord(answer: Reading, fluo: HeldFluo): Promise<string | null> {
  fluo.say(words[0] ?? '')
  for (;;) {
    const next = await answer.next()
    if (next.done === true) throw new Error('The answer ended before its first word')
    if (next.value.event.type === 'message_delta') return next.value.cursor
  }
}

/** Reads to the end of a whole answer, from the word that has been said last. */
async function readOn(answer: Reading, fluo: HeldFluo, from: number): Promise<void> {
  let at = from
  let isFinal = false
  for (;;) {
    const next = await answer.next()
    if (next.done === true) {
      if (next.value !== undefined && next.value !== 'done') {
        throw new Error(`The relay calls the answer ${next.value}`)
      }
      break
    }
    const { event } = next.value
    isFinal ||= event.type === 'message_final'
    if (event.type !== 'message_delta') continue
    if (event.text !== words[at]) throw new Error(`"${event.text}" came for "${words[at]}"`)
    at += 1
    const word = words[at]
    if (word === undefined) fluo.finish()
    else fluo.say(word)
  }
  if (!isFinal) throw new Error('The end of the answer is missing')
}
