import type { Message, Run, RunEnd, Turn } from '@fluokit/core'
import { describe, expect, it } from 'vitest'
import { messagesOfTurn, messagesOfTurns } from './chat-messages.ts'

function messageOf(id: string, isFinal = true): Message {
  return { id, isFinal, parts: [{ type: 'text', id: `${id}.0`, chunks: [id] }] }
}

function runOf(id: string, end: RunEnd | null, ...messages: readonly Message[]): Run {
  return { id, messages, end, error: null }
}

function turnOf(id: string, ...runs: readonly Run[]): Turn {
  return { id, input: { query: `question of ${id}` }, sentAt: 0, runs }
}

function endsOf(turn: Turn): readonly unknown[] {
  return messagesOfTurn(turn).map((message) => (message.role === 'user' ? 'user' : message.end))
}

describe('messagesOfTurn', () => {
  it('puts the question before the answers of every run', () => {
    const turn = turnOf(
      't',
      runOf('r1', 'interrupted', messageOf('r1:0')),
      runOf('r2', 'done', messageOf('r2:0'), messageOf('r2:1')),
    )

    expect(messagesOfTurn(turn).map(({ role, id }) => `${role} ${id}`)).toEqual([
      'user t',
      'assistant r1:0',
      'assistant r2:0',
      'assistant r2:1',
    ])
    expect(messagesOfTurn(turn)[0]).toEqual({
      role: 'user',
      id: 't',
      input: { query: 'question of t' },
      sentAt: 0,
    })
  })

  it('shows a run without a message under the ID that its first message will have', () => {
    expect(messagesOfTurn(turnOf('t', runOf('r', null)))[1]).toEqual({
      role: 'assistant',
      id: 'r:0',
      parts: [],
      isFinal: false,
      end: null,
      error: null,
    })
  })

  it('shows nothing of an earlier attempt that came to nothing', () => {
    const turn = turnOf('t', runOf('r1', 'failed'), runOf('r2', 'failed'))

    expect(messagesOfTurn(turn).map(({ id }) => id)).toEqual(['t', 'r2:0'])
  })

  it('shows how a run ended on its newest message only', () => {
    const first = messageOf('r:0')

    expect(endsOf(turnOf('t', runOf('r', 'stopped', first, messageOf('r:1', false))))).toEqual([
      'user',
      'done',
      'stopped',
    ])
    expect(endsOf(turnOf('t', runOf('r', null, first, messageOf('r:1', false))))).toEqual([
      'user',
      'done',
      null,
    ])
    expect(endsOf(turnOf('t', runOf('r', null, first)))).toEqual(['user', 'done'])
    expect(endsOf(turnOf('t', runOf('r', 'interrupted', first)))).toEqual(['user', 'interrupted'])
  })

  it('keeps the identity of what did not change when its turn is replaced', () => {
    const settled = messageOf('r:0')
    const turn = turnOf('t', runOf('r', null, settled, messageOf('r:1', false)))
    const next = { ...turn, runs: [runOf('r', null, settled, messageOf('r:1', false))] }
    const before = messagesOfTurn(turn)
    const after = messagesOfTurn(next)

    expect(messagesOfTurn(turn)).toBe(before)
    expect(after[0]).toBe(before[0])
    expect(after[1]).toBe(before[1])
    expect(after[2]).not.toBe(before[2])
  })

  it('tells two turns apart that were sent with the same object', () => {
    const input = { query: 'the same' }
    const [a, b] = ['a', 'b'].map((id) => ({ ...turnOf(id), input }))
    const ids = (): readonly string[] => messagesOfTurns([a, b] as Turn[]).map(({ id }) => id)

    expect(ids()).toEqual(['a', 'b'])
    expect(ids()).toEqual(['a', 'b'])
  })
})

describe('messagesOfTurns', () => {
  it('puts the messages of all turns in order', () => {
    const turns = ['a', 'b'].map((id) => turnOf(id, runOf(id, 'done', messageOf(`${id}:0`))))

    expect(messagesOfTurns(turns).map(({ id }) => id)).toEqual(['a', 'a:0', 'b', 'b:0'])
    expect(messagesOfTurns([])).toEqual([])
  })
})
