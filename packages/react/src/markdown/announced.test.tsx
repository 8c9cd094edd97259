import { describe, expect, it } from 'vitest'
import { delta, final } from '../../test/hand-driven.ts'
import { listen, pass } from '../../test/listen.tsx'
import { wordsOfMarkdown } from './index.ts'

const answer = '## Sum\n\nIt is **391**, see [the table](https://example.com/t).\n\n- one\n- two\n'

describe('wordsOfMarkdown as announceText of ChatThread.Root', () => {
  it('has a finished answer said without signs and addresses', async () => {
    const { ask, emit, end, heard } = listen({ announceText: wordsOfMarkdown })
    await ask()
    await emit(delta(answer.slice(0, 9)), delta(answer.slice(9)), final(answer))
    await end()
    await pass(1000)

    expect(heard).toEqual(['Answer: Sum It is 391, see the table. one two'])
  })

  it('has sentences said so as they come', async () => {
    const { ask, emit, end, heard } = listen({
      announce: 'sentences',
      announceText: wordsOfMarkdown,
    })
    await ask()
    for (const line of answer.split(/(?<=\n)/)) await emit(delta(line))
    await emit(final(answer))
    await end()
    await pass(20_000)

    expect(heard.join(' ')).toBe('Sum It is 391, see the table. one two')
  })

  it('has an answer said as it is where nothing is given', async () => {
    const { ask, emit, end, heard } = listen()
    await ask()
    await emit(final('It is **391**.'))
    await end()
    await pass(1000)

    expect(heard).toEqual(['Answer: It is **391**.'])
  })
})
