import { FluoFault, type FluoEvent, type RunRequest } from '@fluokit/core/wire'
import { describe, expect, it } from 'vitest'
import { defineScript, type Script, type Step } from './script.ts'
import { scriptedTransport, type ScriptedTransportOptions } from './scripted-transport.ts'
import { scripts } from './scripts.ts'
import type { Schedule } from './sleep.ts'

const run: RunRequest = {
  runId: 'run_1',
  agentId: 'agent_1',
  threadRef: null,
  input: { query: 'Hello?' },
}

function say(text: string): Step {
  return { event: { type: 'message_delta', text } }
}

/** Reads a run while the test goes on. */
function read(
  { transport }: ReturnType<typeof scriptedTransport>,
  request: Partial<RunRequest> = {},
): { events: FluoEvent[]; end: Promise<unknown>; leave: () => void } {
  const leaving = new AbortController()
  const events: FluoEvent[] = []
  const end = (async () => {
    try {
      for await (const batch of transport.start({ ...run, ...request }, leaving.signal)) {
        events.push(...batch.map(({ event }) => event))
      }
      return 'end'
    } catch (thrown) {
      return thrown
    }
  })()
  return { events, end, leave: () => leaving.abort() }
}

async function readAll(
  script: Script | readonly Script[],
  options: ScriptedTransportOptions = {},
): Promise<{ events: FluoEvent[]; end: unknown }> {
  const { events, end } = read(scriptedTransport(script, { speed: Infinity, ...options }))
  return { events, end: await end }
}

describe('scriptedTransport, a connection that is lost', () => {
  const script = defineScript('lost', [
    say('One '),
    { fault: 'lost' },
    say('two '),
    { fault: 'lost' },
    say('three'),
  ])

  it('goes on where it is resumed, once for each loss', async () => {
    const scripted = scriptedTransport(script, { speed: Infinity })
    const { transport } = scripted
    const signal = new AbortController().signal
    const told: unknown[] = []
    const first = read(scripted)
    expect(await first.end).toMatchObject({ error: { code: 'network' } })

    for (let connection = 0; connection < 3; connection += 1) {
      try {
        const call = { runId: 'run_1', agentId: 'agent_1', after: null }
        for await (const batch of transport.resume?.(call, signal) ?? []) {
          told.push(...batch.map(({ event }) => 'text' in event && event.text))
        }
        told.push('end')
      } catch (thrown) {
        told.push(thrown instanceof FluoFault && thrown.error.code)
      }
    }

    expect(first.events).toMatchObject([{ text: 'One ' }])
    expect(told).toEqual(['two ', 'network', 'three', 'end', 'empty'])
  })

  it('is the only one that can be resumed', () => {
    const scripted = scriptedTransport(defineScript('reset', [{ fault: 'reset' }]))

    expect(scripted.transport).not.toHaveProperty('resume')
  })
})

/** A timer that a test moves on by hand. */
function handTimer(): { schedule: Schedule; delays: number[]; fire: () => void } {
  const pending = new Map<() => void, number>()
  return {
    schedule: (callback, delayMs) => {
      pending.set(callback, delayMs)
      return () => pending.delete(callback)
    },
    get delays() {
      return [...pending.values()]
    },
    fire: () => [...pending.keys()].forEach((callback) => callback()),
  }
}

/** Lets all that is ready happen. */
function settle(): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve))
}

describe('scriptedTransport', () => {
  it('plays a script from the first event to the last', async () => {
    const script = defineScript('two', [
      { event: { type: 'run_start' } },
      say('Hel'),
      { event: { type: 'message_final', text: 'Hello' } },
    ])

    expect(await readAll(script)).toEqual({
      events: [
        { type: 'run_start', threadRef: 'thread_scripted_1' },
        { type: 'message_delta', text: 'Hel', threadRef: 'thread_scripted_1' },
        { type: 'message_final', text: 'Hello', threadRef: 'thread_scripted_1' },
      ],
      end: 'end',
    })
  })

  it('plays the next script at each start and repeats the last', async () => {
    const scripted = scriptedTransport([
      defineScript('a', [say('a')]),
      defineScript('b', [say('b')]),
    ])
    const texts: unknown[] = []

    for (let runs = 0; runs < 3; runs += 1) {
      const { events, end } = read(scripted)
      await end
      texts.push(...events.map((event) => ('text' in event ? event.text : event)))
    }

    expect(texts).toEqual(['a', 'b', 'b'])
  })

  it('stays on the thread of the request', async () => {
    const { events, end } = read(scriptedTransport(defineScript('a', [say('a')])), {
      threadRef: 'thread_9',
    })
    await end

    expect(events).toEqual([{ type: 'message_delta', text: 'a', threadRef: 'thread_9' }])
  })

  it('writes bytes as they are', async () => {
    const script = defineScript('bytes', [
      { bytes: 'event: message_delta\nda' },
      { bytes: 'ta: {"text":"Hi"}\n\n: ping\n\n' },
    ])

    expect((await readAll(script)).events).toEqual([{ type: 'message_delta', text: 'Hi' }])
  })

  it.each(['event', 'byte', 3] as const)('means the same cut by %s', async (cut) => {
    const { events } = await readAll(defineScript('a', [say('Grüße 👋')]), { cut, shape: 'openai' })

    expect(events).toEqual([{ type: 'message_delta', text: 'Grüße 👋' }])
  })

  it.each([
    [scripts.unauthorized, { code: 'unauthorized', status: 401, detail: 'Invalid API key' }],
    [scripts.serverError, { code: 'upstream', status: 500, detail: 'Internal Server Error' }],
    [defineScript('204', [{ status: 204 }]), { code: 'empty', status: 204 }],
    [
      defineScript('200', [{ status: 200, detail: 'Not today' }]),
      { code: 'not-a-stream', status: 200, detail: 'Not today' },
    ],
  ])('refuses a call: $name', async (script, error) => {
    const { end } = await readAll(script)

    expect(end).toBeInstanceOf(FluoFault)
    expect((end as FluoFault).error).toEqual(error)
  })

  it('tells when to try again', async () => {
    const { end } = await readAll(scripts.rateLimited)

    expect((end as FluoFault).error).toMatchObject({ code: 'rate-limited', status: 429 })
    expect((end as FluoFault).error.retryAt).toBeGreaterThan(Date.now())
  })

  it('refuses a thread that is gone', async () => {
    const { end } = read(scriptedTransport(scripts.threadGone), { threadRef: 'thread_9' })

    expect(((await end) as FluoFault).error.code).toBe('thread-gone')
  })

  it('tells a status in mid-stream as an error', async () => {
    const { events } = await readAll(defineScript('late', [say('a'), { status: 429 }]))

    expect(events[1]).toMatchObject({ type: 'error', error: { code: 'rate-limited', status: 429 } })
  })

  it('breaks by a reset', async () => {
    const { events, end } = await readAll(defineScript('reset', [say('a'), { fault: 'reset' }]))

    expect(events).toHaveLength(1)
    expect((end as FluoFault).error).toEqual({ code: 'network' })
  })

  it.each(['clean-close', 'half-close'] as const)('ends early by %s', async (fault) => {
    const { events, end } = await readAll(defineScript(fault, [say('a'), { fault }, say('b')]))

    expect(events).toHaveLength(1)
    expect(end).toBe('end')
  })

  it('stalls until it is left', async () => {
    const { events, end, leave } = read(
      scriptedTransport(defineScript('stall', [say('a'), { fault: 'stall' }])),
    )
    await settle()
    expect(events).toHaveLength(1)

    leave()

    expect(await end).toBe('end')
  })

  it('leaves no timer behind when it is left in a wait', async () => {
    const timer = handTimer()
    const { end, leave } = read(
      scriptedTransport(defineScript('wait', [say('a'), { waitMs: 500 }, say('b')]), timer),
    )
    await settle()
    expect(timer.delays).toEqual([500])

    leave()

    expect(await end).toBe('end')
    expect(timer.delays).toEqual([])
  })

  it('ends when its reader stops reading', async () => {
    const timer = handTimer()
    const { transport } = scriptedTransport(
      defineScript('wait', [say('a'), { waitMs: 500 }]),
      timer,
    )

    for await (const batch of transport.start(run, new AbortController().signal)) {
      if (batch.length > 0) break
    }
    await settle()

    expect(timer.delays).toEqual([])
  })

  it.each(Object.values(scripts))('plays $name', async (script) => {
    const { end, leave } = read(scriptedTransport(script, { speed: Infinity }))
    await settle()
    leave()

    expect(await end).toSatisfy((value) => value === 'end' || value instanceof FluoFault)
  })
})

describe('Player', () => {
  const script = defineScript('letters', [say('a'), { waitMs: 100 }, say('b'), say('c')])

  it('plays one step at a time', async () => {
    const scripted = scriptedTransport(script, { startPaused: true })
    const { player } = scripted
    const { events, end } = read(scripted)
    const lengths: number[] = []

    for (let steps = 0; steps < 4; steps += 1) {
      player.step()
      await settle()
      lengths.push(events.length)
    }

    expect(lengths).toEqual([1, 1, 2, 3])
    expect(await end).toBe('end')
  })

  it('plays a step for each call', async () => {
    const scripted = scriptedTransport(script, { startPaused: true })
    scripted.player.step()
    scripted.player.step()
    scripted.player.step()
    const { events, leave, end } = read(scripted)
    await settle()

    expect(events).toHaveLength(2)
    leave()
    await end
  })

  it('holds and plays on', async () => {
    const timer = handTimer()
    const scripted = scriptedTransport(script, timer)
    const { events, end } = read(scripted)
    await settle()

    scripted.player.pause()
    await settle()
    timer.fire()
    await settle()
    expect(events).toHaveLength(1)

    scripted.player.play()
    await settle()
    timer.fire()

    expect(await end).toBe('end')
    expect(events).toHaveLength(3)
  })

  it('changes the speed of a wait that is under way', async () => {
    const timer = handTimer()
    const scripted = scriptedTransport(script, timer)
    const { end } = read(scripted)
    await settle()

    scripted.player.setSpeed(4)
    await settle()
    expect(timer.delays).toEqual([25])

    scripted.player.setSpeed(Infinity)
    expect(await end).toBe('end')
  })

  it('says how far the run has come', async () => {
    const scripted = scriptedTransport(script, { startPaused: true })
    const { position } = scripted.player
    const seen: number[] = []
    position.subscribe(({ index }) => void seen.push(index))
    const { end } = read(scripted)
    await settle()
    expect(position.getState()).toEqual({ index: 0, of: 4 })

    scripted.player.setSpeed(Infinity)
    scripted.player.play()
    await end

    expect(position.getState()).toEqual({ index: 4, of: 4 })
    expect(seen).toEqual([0, 1, 2, 3, 4])
  })
})
