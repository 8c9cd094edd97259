import { describe, expect, it } from 'vitest'
import { defineScript, type Step } from '../script.ts'
import { scripts } from '../scripts.ts'
import type { AgentTurn } from './agent.ts'
import { post, readRun, short, start } from './__fixtures__/call-stand-in.ts'

describe('startStandIn', () => {
  it.each(['reset', 'half-close'] as const)('breaks the body by %s', async (fault) => {
    const standIn = await start({ scripts: [defineScript(fault, [...short.steps, { fault }])] })

    const response = await post(standIn)

    await expect(response.text()).rejects.toThrow('terminated')
    await standIn.requests[0]?.closed
    expect(standIn.requests[0]?.closedBy).toBe('server')
  })

  it('delivers what came before a reset', async () => {
    const standIn = await start({ scripts: [scripts.reset] })
    const reader = (await post(standIn)).body?.pipeThrough(new TextDecoderStream()).getReader()

    let text = ''
    const reading = (async () => {
      for (let read = 0; read < 1000; read += 1) text += (await reader?.read())?.value ?? ''
    })()

    await expect(reading).rejects.toThrow('terminated')
    expect(text).toContain('"delta":"middle "')
  })

  it('ends the body early by a clean close', async () => {
    const standIn = await start({ scripts: [scripts.interrupted] })

    expect((await readRun(standIn)).some(({ type }) => type === 'message_final')).toBe(false)
  })

  it('aborts the agent as soon as the client leaves, and says when', async () => {
    const signals: AbortSignal[] = []
    const agent = async function* (turn: AgentTurn): AsyncGenerator<Step> {
      signals.push(turn.signal)
      yield { event: { type: 'message_delta', text: 'Partial' } }
      await new Promise(() => undefined)
    }
    const standIn = await start({ scripts: [], agent })
    const leaving = new AbortController()
    const response = await post(standIn, { signal: leaving.signal })
    await response.body?.getReader().read()
    expect(standIn.openStreams).toBe(1)

    leaving.abort()
    await standIn.idle()

    expect(signals[0]?.aborted).toBe(true)
    expect(standIn.openStreams).toBe(0)
    expect(standIn.requests[0]).toMatchObject({ closedBy: 'client', status: 200 })
    expect(standIn.requests[0]?.closedAt).toBeGreaterThan(0)
    expect([...standIn.threads.values()][0]?.history).toEqual([
      { query: 'Hello?', answer: 'Partial', files: [] },
    ])
  })

  it('answers for an agent that throws, before and in the stream', async () => {
    let isLate = false
    const agent = function* (): Generator<Step> {
      if (isLate) yield { event: { type: 'message_delta', text: 'I' } }
      throw new Error('out of luck')
    }
    const standIn = await start({ scripts: [], agent })

    await expect(readRun(standIn)).rejects.toThrow('Fluo: upstream (HTTP 500)')
    isLate = true

    expect((await readRun(standIn)).at(-1)).toMatchObject({
      type: 'error',
      error: { code: 'upstream', status: 500, detail: 'Internal Server Error' },
    })
  })

  it('closes with streams open', async () => {
    const standIn = await start({ scripts: [scripts.stalled] })
    const response = await post(standIn)

    await standIn.close()

    await expect(response.text()).rejects.toThrow('terminated')
    expect(standIn.openStreams).toBe(0)
  })
})
