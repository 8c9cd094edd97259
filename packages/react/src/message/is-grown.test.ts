import type { Message, Part, Run, Turn } from '@fluokit/core'
import { describe, expect, it } from 'vitest'
import { isGrown } from './is-grown.ts'

const text: Part = { type: 'text', id: '1', chunks: ['a'] }
const before: Part = { type: 'text', id: '0', chunks: ['earlier'] }
const message: Message = { id: 'm', isFinal: false, parts: [before, text] }
const run: Run = { id: 'r', end: null, error: null, messages: [message] }
const turn: Turn = { id: 't', input: { query: 'Hi' }, sentAt: 1, runs: [run] }

const withParts = (...parts: readonly Part[]): Turn => ({
  ...turn,
  runs: [{ ...run, messages: [{ ...message, parts }] }],
})

describe('isGrown', () => {
  it('knows a turn whose newest text says something else', () => {
    expect(isGrown(turn, withParts(before, { ...text, chunks: ['ab'] }))).toBe(true)
    expect(isGrown(turn, withParts(before, { ...text, chunks: ['b\n', 'c'] }))).toBe(true)
  })

  it('follows nothing that has ended', () => {
    const endings: readonly ((of: Turn) => Turn)[] = [
      (of) => ({ ...of, runs: of.runs.map((one) => ({ ...one, end: 'done' })) }),
      (of) => ({
        ...of,
        runs: of.runs.map((one) => ({
          ...one,
          messages: one.messages.map((said) => ({ ...said, isFinal: true })),
        })),
      }),
    ]
    for (const ended of endings) {
      const now = ended(withParts(before, { ...text, chunks: ['ab'] }))
      expect(isGrown(ended(turn), now)).toBe(false)
    }
  })

  it.each<[string, Turn]>([
    ['another turn', { ...turn, id: 'u' }],
    ['another input', { ...turn, input: { query: 'Hi' } }],
    ['another run', { ...turn, runs: [run, { ...run, id: 's' }] }],
    ['a run that has ended', { ...turn, runs: [{ ...run, end: 'done' }] }],
    ['no message', { ...turn, runs: [{ ...run, messages: [] }] }],
    [
      'a message that is final',
      { ...turn, runs: [{ ...run, messages: [{ ...message, isFinal: true }] }] },
    ],
    [
      'a message with a name',
      { ...turn, runs: [{ ...run, messages: [{ ...message, messageId: 'x' }] }] },
    ],
    ['one part more', withParts(before, text, { ...text, id: '2' })],
    ['one part less', withParts(before)],
    ['another part', withParts(before, { ...text, id: '2' })],
    ['a part of another kind', withParts(before, { ...text, type: 'thinking' })],
    ['a part that began', withParts(before, { ...text, startedAt: 1 })],
    ['a text that is gone', withParts(before, { ...text, chunks: [] })],
    [
      'an earlier part that changed',
      withParts({ ...before, chunks: ['other'] }, { ...text, chunks: ['ab'] }),
    ],
    [
      'a tool call',
      withParts(before, { type: 'tool-call', id: '1', name: 'sum', status: 'running' } as Part),
    ],
  ])('tells apart: %s', (_, now) => {
    expect(isGrown(turn, now)).toBe(false)
  })
})
