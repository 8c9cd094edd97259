import { createRelay, type Relay } from '../../packages/relay/src/index.ts'
import { below, type Random } from './random.ts'

/** What became of handles that somebody had changed (G10). */
export interface TamperedHandles {
  readonly handles: number
  /** Handles that opened all the same, by what had been done to them. */
  readonly accepted: readonly string[]
  /** The longest handle that was made for an ID as Fluo's are, in characters. */
  readonly longest: number
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

type Tamper = (handle: string, other: string, random: Random) => string

const replaceAt = (text: string, at: number, by: string, count = 1): string =>
  text.slice(0, at) + by + text.slice(at + count)
const anyLetter = (random: Random): string => letters[below(random, letters.length)] ?? 'A'

/** Ways to change a handle; `other` is a second one of the same person. */
const ways: Readonly<Record<string, Tamper>> = {
  'another letter': (handle, _, random) =>
    replaceAt(handle, below(random, handle.length), anyLetter(random)),
  'a flipped bit': (handle, _, random) => {
    const at = below(random, handle.length)
    const code = handle.charCodeAt(at) ^ (1 << below(random, 7))
    return replaceAt(handle, at, String.fromCharCode(code))
  },
  'a letter less': (handle, _, random) => replaceAt(handle, below(random, handle.length), ''),
  'a letter more': (handle, _, random) =>
    replaceAt(handle, below(random, handle.length + 1), anyLetter(random), 0),
  'two letters exchanged': (handle, _, random) => {
    const at = below(random, handle.length - 1)
    return replaceAt(handle, at, `${handle[at + 1]}${handle[at]}`, 2)
  },
  'a cut': (handle, _, random) => handle.slice(0, below(random, handle.length)),
  'the end of another': (handle, other, random) => {
    const at = 6 + below(random, handle.length - 7)
    return handle.slice(0, at) + other.slice(at)
  },
  'another version': (handle, _, random) => replaceAt(handle, 0, `${below(random, 10)}`),
  'another key': (handle) => handle.replace(/^(\d+)\.[^.]+/, '$1.b'),
  'padding behind it': (handle, _, random) => handle + '='.repeat(1 + below(random, 3)),
  'a space around it': (handle, _, random) =>
    below(random, 2) === 0 ? ` ${handle}` : `${handle}\n`,
  'one behind another': (handle, other) => `${handle}.${other}`,
}

/**
 * Changes handles in every way above and sends each to a relay as the thread to continue: whatever Fluo is asked for was
 * accepted. Also sends each handle whole for another person and another agent.
 */
export async function tamperHandles(count: number, random: Random): Promise<TamperedHandles> {
  let asked = 0
  const relay = createRelay({
    apiKey: 'key-of-the-soak',
    projectId: 'project-of-the-soak',
    agents: ['agent', 'another'],
    sealKeys: ['a', 'b'].map((id) => ({ id, key: crypto.getRandomValues(new Uint8Array(32)) })),
    authorize: ({ headers }) => ({ userId: headers.get('x-user') ?? '' }),
    fetch: () => {
      asked += 1
      return Promise.resolve(new Response(null, { status: 404 }))
    },
  })
  const handleOf = (): Promise<string> => relay.sealThread('ann', 'agent', crypto.randomUUID())
  const names = Object.keys(ways)
  const accepted: string[] = []
  let longest = 0
  let handles = 0

  async function send(
    name: string,
    threadRef: string,
    user = 'ann',
    agentId = 'agent',
  ): Promise<void> {
    const before = asked
    await continueThread(relay, { threadRef, user, agentId, runId: `run-${handles}` })
    handles += 1
    if (asked > before) accepted.push(name)
  }

  await continueThread(relay, {
    threadRef: await handleOf(),
    user: 'ann',
    agentId: 'agent',
    runId: 'run',
  })
  if (asked !== 1) accepted.push('A handle that nobody had changed was refused.')
  while (handles < count) {
    const [handle, other] = [await handleOf(), await handleOf()]
    longest = Math.max(longest, handle.length)
    await send('for another person', handle, 'bob')
    await send('for another agent', handle, 'ann', 'another')
    for (let index = 0; index < 98 && handles < count; index += 1) {
      const name = names[index % names.length] ?? ''
      const changed = ways[name]?.(handle, other, random) ?? handle
      if (changed !== handle && changed !== other) await send(name, changed)
    }
  }
  return { handles, accepted, longest }
}

async function continueThread(
  relay: Relay,
  {
    user,
    ...turn
  }: {
    readonly user: string
    readonly threadRef: string
    readonly agentId: string
    readonly runId: string
  },
): Promise<void> {
  const response = await relay(
    new Request('http://relay.example/', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-user': user },
      body: JSON.stringify({ op: 'start', input: { query: 'Hello' }, ...turn }),
    }),
  )
  await response.body?.cancel()
}
