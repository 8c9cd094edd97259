import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FluoEvent } from '../wire/fluo-event.ts'
import { fold } from './fold.ts'
import { joinDeltas } from './join-deltas.ts'
import { isSettled } from './run-end.ts'
import { textOf } from './text-chunks.ts'
import { emptyRun, type Part, type Run } from './thread-state.ts'

const delta = (text: string, messageId?: string): FluoEvent => ({
  type: 'message_delta',
  text,
  ...(messageId !== undefined && { messageId }),
})
const final = (text?: string, messageId?: string): FluoEvent => ({
  type: 'message_final',
  ...(text !== undefined && { text }),
  ...(messageId !== undefined && { messageId }),
})
const whole = (text: string): FluoEvent => ({ type: 'message_delta', text, mode: 'replace' })
const thinking = (text: string): FluoEvent => ({ type: 'thinking_part', text })
const toolStart = (callId: string | null = 'c1', name = 'calc'): FluoEvent => ({
  type: 'tool_start',
  ...(callId !== null && { callId }),
  name,
})
const toolEnd = (callId: string | null = 'c1', rest: object = {}): FluoEvent => ({
  type: 'tool_end',
  ...(callId !== null && { callId }),
  ...rest,
})
const unknown: FluoEvent = { type: 'unknown', event: 'usage', raw: '{"tokens":1}' }

const runOf = (...events: readonly FluoEvent[]): Run => events.reduce(fold, emptyRun('run'))

/** A run as a page shows it: each message a list of its parts in order. */
function shown(run: Run): readonly (readonly string[])[] {
  return run.messages.map(({ parts }) => parts.map(partText))
}

function partText(part: Part): string {
  if (part.type === 'tool-call') return `${part.name}:${part.status}`
  if (part.type === 'unknown') return `?${part.event}`
  return part.type === 'thinking' ? `(${textOf(part)})` : textOf(part)
}

function callsOf(run: Run) {
  return run.messages
    .flatMap(({ parts }): readonly Part[] => parts)
    .filter((part) => part.type === 'tool-call')
}

describe('fold, what an answer is made of', () => {
  it('shows both texts of text, final, tool, text, final', () => {
    const run = runOf(
      delta('Let me see.'),
      final('Let me see.'),
      toolStart(),
      toolEnd(),
      delta('It is 42.'),
      final('It is 42.'),
    )

    expect(shown(run)).toEqual([['Let me see.'], ['calc:done', 'It is 42.']])
    expect(run.messages.map(({ isFinal }) => isFinal)).toEqual([true, true])
  })

  it('shows both texts of text, final, tool, final when the second text is only in its final', () => {
    const run = runOf(delta('Let me see.'), final(), toolStart(), toolEnd(), final('It is 42.'))

    expect(shown(run)).toEqual([['Let me see.'], ['calc:done', 'It is 42.']])
  })

  it('keeps parts in the order in which they came', () => {
    const run = runOf(
      thinking('hm'),
      delta('a'),
      toolStart(),
      unknown,
      toolEnd(),
      delta('b'),
      thinking('ah'),
    )

    expect(shown(run)).toEqual([['(hm)', 'a', 'calc:done', '?usage', 'b', '(ah)']])
  })

  it('joins thinking that comes in pieces into one part', () => {
    const run = runOf(thinking('I need'), thinking(' the calculator'), thinking('.'))

    expect(shown(run)).toEqual([['(I need the calculator.)']])
  })

  it('puts sentences of thinking that come one by one on lines of their own', () => {
    expect(
      shown(
        runOf(
          thinking('One step.'),
          thinking('Another one:'),
          thinking('The last'),
          thinking(' word.'),
        ),
      ),
    ).toEqual([['(One step.\nAnother one:\nThe last word.)']])
  })

  it('opens a new thinking part after something else came', () => {
    expect(shown(runOf(thinking('a'), toolStart(), thinking('b')))).toEqual([
      ['(a)', 'calc:running', '(b)'],
    ])
  })

  it('keeps an unknown event with its raw text (F25)', () => {
    expect(runOf(unknown).messages[0]?.parts[0]).toMatchObject({
      type: 'unknown',
      event: 'usage',
      raw: '{"tokens":1}',
    })
  })

  it('keeps an unknown event after the final in the message that has ended', () => {
    const run = runOf(final('a'), unknown)

    expect(shown(run)).toEqual([['a', '?usage']])
    expect(run.messages[0]?.isFinal).toBe(true)
  })

  it('is the same run for nothing', () => {
    const run = runOf(delta('a'))

    for (const event of [
      { type: 'run_start' },
      { type: 'run_start', threadRef: 't' },
      delta(''),
      { type: 'message_delta' },
      thinking(''),
    ] as const) {
      expect(fold(run, event)).toBe(run)
    }
  })

  it('takes a delta before run_start and a second run_start (F37)', () => {
    const run = runOf(delta('a'), { type: 'run_start' }, delta('b'), { type: 'run_start' })

    expect(shown(run)).toEqual([['ab']])
  })

  it('closes chunks at line ends and joins surrogate halves', () => {
    const run = runOf(delta('one\ntw'), delta('o\n\ud83d'), delta('\ude00'))

    expect(run.messages[0]?.parts[0]).toMatchObject({ chunks: ['one\n', 'two\n', '😀'] })
  })
})

describe('fold, message_final against the deltas of its message', () => {
  it.each<[string, readonly FluoEvent[], readonly (readonly string[])[]]>([
    ['equal to the text', [delta('Hel'), delta('lo'), final('Hello')], [['Hello']]],
    ['without a text', [delta('Hello'), final()], [['Hello']]],
    ['with an empty text', [delta('Hello'), final('')], [['Hello']]],
    ['with only white space', [delta('Hello'), final(' \n')], [['Hello']]],
    [
      'different in white space only',
      [delta('Hello  you\n'), final('Hello you')],
      [['Hello  you\n']],
    ],
    ['longer than the text', [delta('Hel'), final('Hello')], [['Hello']]],
    ['different', [delta('Helo'), final('Hello')], [['Hello']]],
    ['shorter than the text', [delta('Hello you'), final('Hello')], [['Hello']]],
    ['alone', [final('Hello')], [['Hello']]],
    ['alone and empty', [final('')], [[]]],
    [
      'equal to all texts around a tool joined',
      [delta('A. '), toolStart(), toolEnd(), delta('B.'), final('A. B.')],
      [['A. ', 'calc:done', 'B.']],
    ],
    [
      'equal to the last text after a tool',
      [delta('A. '), toolStart(), toolEnd(), delta('B.'), final('B.')],
      [['A. ', 'calc:done', 'B.']],
    ],
    [
      'different from the text after a tool',
      [delta('A. '), toolStart(), toolEnd(), delta('B'), final('C.')],
      [['A. ', 'calc:done', 'C.']],
    ],
    [
      'different from the text after a tool, beginning with the text before it',
      [delta('A. '), toolStart(), toolEnd(), delta('B'), final('A. C.')],
      [['A. ', 'calc:done', 'C.']],
    ],
    [
      'beginning with the text before a tool in other white space',
      [delta('One\ntwo. '), toolStart(), toolEnd(), final('One two.\n\nThree.')],
      [['One\ntwo. ', 'calc:done', 'Three.']],
    ],
    [
      'longer than the text after a tool',
      [delta('A. '), toolStart(), toolEnd(), delta('B'), final('B and more.')],
      [['A. ', 'calc:done', 'B and more.']],
    ],
    [
      'with text after a tool that no delta brought',
      [delta('A. '), toolStart(), toolEnd(), final('B.')],
      [['A. ', 'calc:done', 'B.']],
    ],
    [
      'equal to the only text, before a tool',
      [delta('A.'), toolStart(), toolEnd(), final('A.')],
      [['A.', 'calc:done']],
    ],
    [
      'equal to texts around two tools joined',
      [delta('A'), toolStart('1'), delta('B'), toolStart('2'), delta('C'), final('A B C')],
      [['A', 'calc:running', 'B', 'calc:running', 'C']],
    ],
    [
      'of texts around thinking',
      [delta('A'), thinking('hm'), delta('B'), final('A B')],
      [['A', '(hm)', 'B']],
    ],
    [
      'equal to the last text, after thinking',
      [delta('A'), thinking('hm'), delta('B'), final('B')],
      [['A', '(hm)', 'B']],
    ],
    [
      'of everything that the run said before',
      [delta('A.'), final('A.'), toolStart(), toolEnd(), delta('B.'), final('A. B.')],
      [['A.'], ['calc:done', 'B.']],
    ],
    [
      'longer than its text, after a message that its text begins with',
      [delta('Yes'), final('Yes'), delta('Yes, and'), final('Yes, and more')],
      [['Yes'], ['Yes, and more']],
    ],
    [
      'longer than the text after a tool that begins like the text before it',
      [delta('I'), toolStart(), toolEnd(), delta('I think'), final('I think so.')],
      [['I', 'calc:done', 'I think so.']],
    ],
  ])('%s', (_, events, expected) => {
    expect(shown(runOf(...events))).toEqual(expected)
  })

  it('keeps the deltas for a final without a text, and shows a final that comes alone (F35)', () => {
    expect(shown(runOf(delta('Hello'), final()))).toEqual([['Hello']])
    expect(shown(runOf(final('Hello')))).toEqual([['Hello']])
  })

  it('keeps the text part of the deltas when the final says the same (F34)', () => {
    const before = runOf(delta('Hello'))

    const after = fold(before, final('Hello'))

    expect(after.messages[0]?.isFinal).toBe(true)
    expect(after.messages[0]?.parts).toBe(before.messages[0]?.parts)
  })

  it('keeps the settled chunks when the final only adds to them', () => {
    const before = runOf(delta('one\ntwo'))

    const after = fold(before, final('one\ntwo and three'))

    expect(after.messages[0]?.parts).toMatchObject([
      { id: before.messages[0]?.parts[0]?.id, chunks: ['one\n', 'two and three'] },
    ])
  })

  it('takes cumulative deltas as the whole text so far', () => {
    const run = runOf(
      whole('One'),
      whole('One\ntwo'),
      whole('One\ntwo, three'),
      final('One\ntwo, three'),
    )

    expect(shown(run)).toEqual([['One\ntwo, three']])
    expect(run.messages[0]?.parts[0]).toMatchObject({ chunks: ['One\n', 'two, three'] })
  })

  it('takes cumulative deltas of a message that begins like the one before it', () => {
    const run = runOf(
      final('Yes'),
      whole('Y'),
      whole('Yes'),
      whole('Yes, and'),
      whole('Yes, and more'),
    )

    expect(shown(run)).toEqual([['Yes'], ['Yes, and more']])
  })

  it('takes cumulative deltas that go on over a tool', () => {
    const run = runOf(
      whole('A. '),
      toolStart(),
      toolEnd(),
      whole('A. B'),
      whole('A. B.'),
      final('A. B.'),
    )

    expect(shown(run)).toEqual([['A. ', 'calc:done', 'B.']])
  })
})

describe('fold, messages', () => {
  it('lets a final that comes twice change nothing (F36)', () => {
    const once = runOf(delta('Hello'), final('Hello'))

    expect(fold(once, final('Hello'))).toBe(once)
    expect(fold(once, final())).toBe(once)
    expect(shown(runOf(final('a', 'm1'), final('a', 'm1')))).toEqual([['a']])
  })

  it('shows a second final with another text as a message of its own', () => {
    expect(shown(runOf(final('One.'), final('Two.')))).toEqual([['One.'], ['Two.']])
  })

  it('opens a message for a delta after the final (F36)', () => {
    expect(shown(runOf(final('One.'), delta('Two.')))).toEqual([['One.'], ['Two.']])
  })

  it('drops a late delta for a message that has ended by name', () => {
    const run = runOf(delta('a', 'm1'), final('a', 'm1'))

    expect(fold(run, delta('b', 'm1'))).toBe(run)
  })

  it('keeps interleaved messages apart by their IDs', () => {
    const run = runOf(
      delta('a', 'm1'),
      delta('x', 'm2'),
      delta('b', 'm1'),
      delta('y', 'm2'),
      final('ab', 'm1'),
      final('xy', 'm2'),
    )

    expect(shown(run)).toEqual([['ab'], ['xy']])
    expect(run.messages.map(({ messageId }) => messageId)).toEqual(['m1', 'm2'])
  })

  it('gives an open message the ID that its later deltas carry', () => {
    const run = runOf(thinking('hm'), delta('a', 'm1'), delta('b', 'm1'))

    expect(shown(run)).toEqual([['(hm)', 'ab']])
    expect(run.messages[0]?.messageId).toBe('m1')
  })

  it('settles a named final against the message of that name, although another is open', () => {
    const run = runOf(delta('Helo', 'm1'), delta('x', 'm2'), final('Hello', 'm1'))

    expect(shown(run)).toEqual([['Hello'], ['x']])
    expect(run.messages.map(({ isFinal }) => isFinal)).toEqual([true, false])
  })
})

describe('fold, tools', () => {
  it('follows a call from its start to its end', () => {
    const started = runOf({ type: 'tool_start', callId: 'c1', name: 'calc', input: { x: 1 } })

    const ended = fold(started, { type: 'tool_end', callId: 'c1', output: 42 })

    expect(callsOf(started)).toEqual([
      { type: 'tool-call', id: 'c1', name: 'calc', status: 'running', input: { x: 1 } },
    ])
    expect(callsOf(ended)).toEqual([
      { type: 'tool-call', id: 'c1', name: 'calc', status: 'done', input: { x: 1 }, output: 42 },
    ])
  })

  it('ends a call with an error as failed', () => {
    expect(callsOf(runOf(toolStart(), toolEnd('c1', { error: 'boom' })))).toMatchObject([
      { status: 'failed', error: 'boom' },
    ])
  })

  it('takes an end without a start as a call that has ended (F40)', () => {
    expect(callsOf(runOf(toolEnd('c1', { name: 'calc', input: 1, output: 2 })))).toMatchObject([
      { id: 'c1', name: 'calc', status: 'done', input: 1, output: 2 },
    ])
  })

  it('lets a doubled end and a doubled start change nothing (F40)', () => {
    const run = runOf(toolStart(), toolEnd('c1', { output: 1 }))

    expect(fold(run, toolEnd('c1', { output: 2 }))).toBe(run)
    expect(fold(run, toolStart())).toBe(run)
  })

  it('fills in from a late start what the end did not say, and leaves the call ended', () => {
    const run = runOf(toolEnd('c1', { output: 2 }), {
      type: 'tool_start',
      callId: 'c1',
      name: 'calc',
      input: 1,
    })

    expect(callsOf(run)).toEqual([
      { type: 'tool-call', id: 'c1', name: 'calc', status: 'done', input: 1, output: 2 },
    ])
  })

  it('ends crossing calls by their IDs (F40)', () => {
    const run = runOf(
      toolStart('c1', 'a'),
      toolStart('c2', 'b'),
      toolEnd('c2', { output: 2 }),
      toolEnd('c1', { output: 1 }),
    )

    expect(callsOf(run)).toMatchObject([
      { id: 'c1', status: 'done', output: 1 },
      { id: 'c2', status: 'done', output: 2 },
    ])
  })

  it('ends crossing calls without IDs by their names', () => {
    const run = runOf(
      toolStart(null, 'a'),
      toolStart(null, 'b'),
      toolEnd(null, { name: 'b', output: 2 }),
    )

    expect(callsOf(run)).toMatchObject([
      { name: 'a', status: 'running' },
      { name: 'b', status: 'done', output: 2 },
    ])
  })

  it('ends calls without IDs and names in their order (F40)', () => {
    const run = runOf(toolStart(null, 'a'), toolStart(null, 'b'), toolEnd(null, { output: 1 }))

    expect(callsOf(run)).toMatchObject([{ status: 'done', output: 1 }, { status: 'running' }])
  })

  it('never ends a call that was started under another ID', () => {
    const run = runOf(toolStart('c1', 'calc'), toolEnd('c2', { name: 'calc', output: 2 }))

    expect(callsOf(run)).toMatchObject([
      { id: 'c1', status: 'running' },
      { id: 'c2', status: 'done', output: 2 },
    ])
  })

  it('ends a call that was started without an ID by an end with one', () => {
    const run = runOf(toolStart(null, 'calc'), toolEnd('c1', { name: 'calc', output: 2 }))

    expect(callsOf(run)).toMatchObject([{ name: 'calc', status: 'done', output: 2 }])
  })

  it('ends a call where it stands, although its message has ended', () => {
    const run = runOf(toolStart(), delta('a'), final('a'), toolEnd('c1', { output: 1 }))

    expect(shown(run)).toEqual([['calc:done', 'a']])
  })

  it('keeps the same call ID in two messages once', () => {
    const run = runOf(toolStart('c1'), final('a'), toolStart('c1'), toolEnd('c1'))

    expect(callsOf(run)).toHaveLength(1)
  })
})

describe('fold, the end of a run', () => {
  it('ends as failed with an error event, keeps what came and closes open calls (F42)', () => {
    const run = runOf(delta('a'), toolStart(), { type: 'error', error: { code: 'upstream' } })

    expect(run).toMatchObject({ end: 'failed', error: { code: 'upstream' } })
    expect(shown(run)).toEqual([['a', 'calc:unfinished']])
  })

  it('goes on after a thread-conflict', () => {
    const run = runOf(delta('a'))

    expect(fold(run, { type: 'error', error: { code: 'thread-conflict' } })).toBe(run)
  })

  it('changes nothing after the end', () => {
    const run = runOf(delta('a'), { type: 'error', error: { code: 'upstream' } })

    for (const event of [
      delta('b'),
      final('b'),
      whole('b'),
      thinking('b'),
      toolStart(),
      toolEnd(),
      unknown,
      { type: 'error', error: { code: 'limit' } } as const,
    ]) {
      expect(fold(run, event)).toBe(run)
    }
  })
})

describe('fold, identity', () => {
  it('keeps the messages and parts that an event does not touch', () => {
    const before = runOf(delta('a'), final('a'), delta('b'), toolStart(), thinking('c'))

    const after = fold(before, delta('d'))

    expect(after.messages[0]).toBe(before.messages[0])
    expect(after.messages[1]?.parts.slice(0, 3)).toHaveLength(3)
    for (const [index, part] of (before.messages[1]?.parts ?? []).entries()) {
      expect(after.messages[1]?.parts[index]).toBe(part)
    }
  })

  it('keeps the ID of the part that grows', () => {
    const before = runOf(delta('a'))

    const after = fold(before, delta('b'))

    expect(after.messages[0]?.id).toBe(before.messages[0]?.id)
    expect(after.messages[0]?.parts[0]?.id).toBe(before.messages[0]?.parts[0]?.id)
  })

  it('changes nothing that it was given', () => {
    const before = runOf(delta('a\n'), toolStart(), delta('b'))
    const copy = structuredClone(before)

    ;[delta('c'), toolEnd(), final('other'), whole('all new'), unknown].reduce(fold, before)

    expect(before).toEqual(copy)
  })
})

describe('fold, in any order of events', () => {
  const id = fc.constantFrom(undefined, undefined, 'm1', 'm2')
  const words = fc.constantFrom(
    undefined,
    '',
    ' ',
    'a',
    'b',
    'ab',
    'a b',
    'One. ',
    'Two.',
    'One. Two.',
    '\n',
  )
  const callId = fc.constantFrom(undefined, 'c1', 'c2', 'c3')
  const toolName = fc.constantFrom(undefined, '', 'calc', 'search')
  const drop = <T extends object>(event: T): T =>
    Object.fromEntries(Object.entries(event).filter(([, value]) => value !== undefined)) as T
  const message = fc
    .record({
      type: fc.constantFrom('message_delta', 'message_final', 'thinking_part'),
      text: words,
      messageId: id,
      mode: fc.constantFrom(undefined, undefined, 'append', 'replace'),
    })
    .map((event) => drop(event) as FluoEvent)
  const tool = fc
    .record({
      type: fc.constantFrom('tool_start', 'tool_end'),
      callId,
      name: toolName,
      input: fc.constantFrom(undefined, 1),
      output: fc.constantFrom(undefined, 2),
      error: fc.constantFrom(undefined, undefined, 'boom'),
    })
    .map((event) => drop(event) as FluoEvent)
  const other = fc.constantFrom<FluoEvent>(
    unknown,
    { type: 'run_start' },
    { type: 'error', error: { code: 'thread-conflict' } },
  )
  const events = fc.array(
    fc.oneof({ weight: 6, arbitrary: message }, { weight: 3, arbitrary: tool }, other),
    { maxLength: 25 },
  )

  it('gives a part an ID of its own after a whole text has taken others away', () => {
    const run = runOf(
      ...['a', 'b', 'c'].flatMap((text) => [delta(text), unknown]),
      unknown,
      whole('X'),
      unknown,
      unknown,
    )

    const ids = run.messages[0]?.parts.map((part) => part.id) ?? []
    expect(shown(run)).toEqual([['X', ...Array.from({ length: 6 }, () => '?usage')]])
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('gives a run with unique message IDs, unique part IDs and well-formed chunks', () => {
    fc.assert(
      fc.property(events, (given) => {
        const run = runOf(...given)

        const messageIds = run.messages.map((one) => one.id)
        expect(new Set(messageIds).size).toBe(messageIds.length)
        for (const { parts } of run.messages) {
          expect(new Set(parts.map((part) => part.id)).size).toBe(parts.length)
          for (const part of parts) {
            if (!('chunks' in part)) continue
            expect(part.chunks.length).toBeGreaterThan(0)
            expect(part.chunks).not.toContain('')
            for (const chunk of part.chunks.slice(0, -1)) expect(chunk).toMatch(/\n$/)
          }
        }
      }),
      { numRuns: 2000 },
    )
  })

  it('never moves or loses a tool call, and never takes one back to running', () => {
    fc.assert(
      fc.property(events, (given) => {
        let run = emptyRun('run')
        for (const event of given) {
          const before = run
          run = fold(run, event)
          const ids = callsOf(run).map((part) => part.id)
          const earlier = callsOf(before)
          expect(ids.filter((one) => earlier.some((part) => part.id === one))).toEqual(
            earlier.map((part) => part.id),
          )
          const ended = earlier.filter((call) => call.status !== 'running')
          for (const { id: endedId, status } of ended) {
            expect(callsOf(run).find((part) => part.id === endedId)?.status).toBe(status)
          }
        }
      }),
      { numRuns: 1000 },
    )
  })

  it('replaces only the message that an event is about', () => {
    fc.assert(
      fc.property(events, (given) => {
        let run = emptyRun('run')
        for (const event of given) {
          const before = run
          run = fold(run, event)
          const changed = before.messages.filter((one) => !run.messages.includes(one))
          expect(changed.length).toBeLessThanOrEqual(1)
        }
      }),
      { numRuns: 1000 },
    )
  })

  it('gives the same text and parts with deltas joined as one by one', () => {
    fc.assert(
      fc.property(events, (given) => {
        const waiting: FluoEvent[] = []
        for (const event of given) joinDeltas(waiting, event)

        expect(runOf(...waiting)).toEqual(runOf(...given))
      }),
      { numRuns: 2000 },
    )
  })
})

describe('fold, when finals repeat what the deltas said', () => {
  /** A message: texts with tools between them, and a final in one of the ways in which servers write it. */
  const repeating = fc
    .array(
      fc.record({
        texts: fc.array(fc.nat({ max: 3 }), { minLength: 1, maxLength: 4 }),
        says: fc.constantFrom(
          'all',
          'last',
          'nothing',
          'all, in other white space',
          'the whole run',
        ),
        isTwice: fc.boolean(),
        isNamed: fc.boolean(),
      }),
      { minLength: 1, maxLength: 4 },
    )
    .map((messages) => {
      const events: FluoEvent[] = []
      const sentences: string[] = []
      let calls = 0
      for (const [index, { texts, says, isTwice, isNamed }] of messages.entries()) {
        const messageId = isNamed ? `m${index}` : undefined
        const own: string[] = []
        for (const [at, length] of texts.entries()) {
          if (at > 0) {
            calls += 1
            events.push(toolStart(`c${calls}`), toolEnd(`c${calls}`))
          }
          const sentence = `Sentence ${sentences.length}${' and on'.repeat(length)}. `
          sentences.push(sentence)
          own.push(sentence)
          events.push(delta(sentence.slice(0, 7), messageId), delta(sentence.slice(7), messageId))
        }
        const text = {
          all: own.join(''),
          last: own.at(-1) ?? '',
          nothing: '',
          'all, in other white space': own.map((one) => one.trim()).join('\n\n'),
          'the whole run': sentences.join(''),
        }[says]
        events.push(final(text, messageId))
        if (isTwice) events.push(final(text, messageId))
      }
      return { events, sentences, calls }
    })

  it('shows every sentence once, in order, and every call once (F34)', () => {
    fc.assert(
      fc.property(repeating, ({ events, sentences, calls }) => {
        const run = runOf(...events)

        const texts = run.messages
          .flatMap(({ parts }): readonly Part[] => parts)
          .flatMap((part) => (part.type === 'text' ? [textOf(part)] : []))
        expect(texts.map((text) => text.trim())).toEqual(sentences.map((text) => text.trim()))
        expect(callsOf(run)).toHaveLength(calls)
      }),
      { numRuns: 1000 },
    )
  })
})

describe('fold, for a message that begins like one before it', () => {
  it('keeps the words of an earlier message that ends in the middle of a sentence', () => {
    const run = runOf(final('Hello'), final('Hello again'))

    expect(run.messages.map(textOf)).toEqual(['Hello', 'Hello again'])
  })

  it('takes off the sentences of earlier messages', () => {
    const run = runOf(final('Let me see.'), toolStart(), toolEnd(), final('Let me see. It is 4.'))

    expect(run.messages.map(textOf)).toEqual(['Let me see.', 'It is 4.'])
  })

  it('shows two messages with names of their own although they say the same', () => {
    const run = runOf(final('OK', 'm1'), final('OK', 'm2'))

    expect(run.messages.map(textOf)).toEqual(['OK', 'OK'])
  })
})

describe('fold, for thinking', () => {
  it.each([
    [
      ['Reading the first one.', 'Reading the second one.'],
      'Reading the first one.\nReading the second one.',
    ],
    [['The U.', 'S. side'], 'The U.S. side'],
    [['Not', ' so', ' fast'], 'Not so fast'],
    [['It calls fmt.', 'Println', '(x)'], 'It calls fmt.Println(x)'],
  ])('puts %j on lines of their own only where whole sentences came', (texts, joined) => {
    const [part] = runOf(...texts.map(thinking)).messages[0]?.parts ?? []

    expect(part?.type === 'thinking' && textOf(part)).toBe(joined)
  })
})

describe('fold, for a tool that is still running', () => {
  it('shows no output and no error that its start seems to bring', () => {
    const run = runOf({ type: 'tool_start', callId: 'c1', error: 'in progress', output: 'soon' })

    expect(run.messages[0]?.parts).toEqual([
      { type: 'tool-call', id: 'c1', name: '', status: 'running' },
    ])
  })
})

describe('fold, for an ID that comes again', () => {
  it('takes a start that says something else for a call of its own, and ends that one', () => {
    const run = runOf(
      { type: 'tool_start', callId: 'call_0', name: 'add', input: { a: 1 } },
      { type: 'tool_end', callId: 'call_0', output: 1 },
      { type: 'tool_start', callId: 'call_0', name: 'add', input: { a: 2 } },
      { type: 'tool_end', callId: 'call_0', output: 2 },
    )

    const calls = run.messages[0]?.parts ?? []
    expect(calls.map((call) => call.type === 'tool-call' && [call.status, call.output])).toEqual([
      ['done', 1],
      ['done', 2],
    ])
    expect(new Set(calls.map(({ id }) => id)).size).toBe(2)
  })

  it('shows a final under a name of its own, although another message said the same', () => {
    const run = runOf(final('Done.', 'm1'), final('Done.', 'm2'))

    expect(run.messages.map(textOf)).toEqual(['Done.', 'Done.'])
  })
})

describe('fold, for one message ID in the whole run', () => {
  const named = (event: FluoEvent): FluoEvent =>
    event.type === 'message_delta' || event.type === 'message_final'
      ? { ...event, messageId: 'm' }
      : event

  it.each([
    ['the last text', 'Two b.'],
    ['all of the text', 'One a.\n\nTwo b.'],
    ['nothing', undefined],
  ])('shows both texts around a tool call when the second final holds %s', (_, last) => {
    const events = [
      delta('One a.'),
      final('One a.'),
      toolStart(),
      toolEnd(),
      delta('Two '),
      delta('b.'),
      final(last),
    ].map(named)

    const run = runOf(...events)

    expect(run.messages.map(textOf)).toEqual(['One a.', 'Two b.'])
    expect(isSettled(run)).toBe(true)
  })

  it('looks at the beginnings of earlier texts, not at all of each', () => {
    const answers = Array.from({ length: 40 }, (_, index) => `Answer ${index}.\n`.repeat(100))
    const before = answers.map((text) => final(text)).reduce(fold, emptyRun('run'))
    let looks = 0
    const counted = (chunks: readonly string[]): readonly string[] =>
      new Proxy(chunks, {
        get(target, key) {
          if (/^\d+$/.test(String(key))) looks += 1
          return Reflect.get(target, key) as unknown
        },
      })
    const messages = before.messages.map((message) => ({
      ...message,
      parts: message.parts.map((part) =>
        part.type === 'text' ? { ...part, chunks: counted(part.chunks) } : part,
      ),
    }))

    const after = [delta('Another '), final('Another one.')].reduce(fold, { ...before, messages })

    expect(after.messages).toHaveLength(41)
    expect(looks).toBeLessThanOrEqual(4 * 40)
  })

  it('still settles a final that comes twice', () => {
    const run = runOf(named(delta('One a.')), named(final('One a.')), named(final('One a!')))

    expect(run.messages.map(textOf)).toEqual(['One a!'])
  })
})
