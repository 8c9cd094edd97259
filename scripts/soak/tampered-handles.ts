import { createRelay, type Relay } from '../../packages/relay/src/index.ts'
import { tamper } from '../../packages/relay/src/__fixtures__/tamper.ts'
import { below, type Random } from './random.ts'

/** What became of handles that somebody had changed (G10). */
export interface TamperedHandles {
  readonly handles: number
  /** What opened all the same. */
  readonly accepted: readonly string[]
  /** The longest handle that was made for an ID as Fluo's are, in characters. */
  readonly longest: number
}

/**
 * Changes handles in all ways of {@link tamper}, and sends each to a relay as the thread to continue: whatever Fluo is asked for
 * was accepted. Also sends each handle whole for another person and another agent, and the halves of two as one.
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
  const pick = (limit: number): number => below(random, limit)
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
    const at = 8 + pick(handle.length - 8)
    const halves = handle.slice(0, at) + other.slice(at)
    if (halves !== handle) await send('two halves', halves)
    for (let index = 0; index < 97 && handles < count; index += 1) {
      const changed = tamper(handle, pick)
      if (changed !== handle) await send(`changed to ${changed}`, changed)
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
