import { emptyRun, fold, textOf, type FluoEvent, type Run } from '../../packages/core/src/index.ts'
import { endRun } from '../../packages/core/src/thread/run-end.ts'
import { below, type Random } from './random.ts'

/** What came of folding events in orders that no server should send. */
export interface OrderFigures {
  readonly sequences: number
  readonly failed: readonly string[]
}

const sentences = ['One sentence. ', 'Two of them.']

/** Six frames of a run, as it should be. */
const frames: readonly FluoEvent[] = [
  { type: 'run_start', threadRef: 't' },
  { type: 'message_delta', text: 'One sentence. ' },
  { type: 'tool_start', callId: 'c', name: 'sum' },
  { type: 'tool_end', callId: 'c', output: 4 },
  { type: 'message_delta', text: 'Two of them.' },
  { type: 'message_final', text: 'One sentence. Two of them.' },
]

/** What else may come in between. */
const others: readonly FluoEvent[] = [
  { type: 'thinking_part', text: 'Hm.' },
  { type: 'message_final' },
  { type: 'message_final', text: 'Two of them.' },
  { type: 'message_final', text: 'One sentence. Two of them.', messageId: 'm' },
  { type: 'message_delta', text: 'Two of them.', messageId: 'm' },
  { type: 'tool_end', callId: 'other', error: 'no' },
  { type: 'tool_start' },
  { type: 'tool_end' },
  { type: 'unknown', event: 'citation', raw: '{}' },
  { type: 'error', error: { code: 'upstream' } },
  { type: 'error', error: { code: 'thread-conflict' } },
  { type: 'message_delta' },
]

/** Every sequence of one to six of the six frames: all orders, all drops, all doublings. */
export function* allOrders(): Generator<readonly FluoEvent[]> {
  for (let length = 1; length <= frames.length; length += 1) {
    for (let number = 0; number < frames.length ** length; number += 1) {
      const digits = number.toString(frames.length).padStart(length, '0')
      yield digits.split('').map((digit) => frames[Number(digit)] as FluoEvent)
    }
  }
}

/** Random sequences of up to 20 events of all kinds. */
export function* randomOrders(count: number, random: Random): Generator<readonly FluoEvent[]> {
  const all = [...frames, ...others]
  for (let made = 0; made < count; made += 1) {
    yield Array.from(
      { length: 1 + below(random, 20) },
      () => all[below(random, all.length)] as FluoEvent,
    )
  }
}

/** A run of a server that is of one mind: whatever its finals repeat, each sentence is one that it has said once. */
interface ConsistentRun {
  readonly events: readonly FluoEvent[]
  readonly said: readonly string[]
}

/** Random runs of consistent servers, which differ in what their finals repeat and in what they name. */
export function* consistentRuns(count: number, random: Random): Generator<ConsistentRun> {
  for (let made = 0; made < count; made += 1) {
    const events: FluoEvent[] = []
    const said: string[] = []
    for (let index = 0; index <= below(random, 3); index += 1) {
      const named = random() < 0.5 ? { messageId: `m${index}` } : {}
      const own: string[] = []
      for (let part = 0; part <= below(random, 3); part += 1) {
        const call = { callId: `c${index}.${part}` }
        if (part > 0) events.push({ type: 'tool_start', ...call }, { type: 'tool_end', ...call })
        const sentence = `Sentence ${said.length}. `
        const cut = below(random, sentence.length)
        own.push(sentence)
        said.push(sentence)
        const halves = [sentence.slice(0, cut), sentence.slice(cut)]
        events.push(...halves.map((text) => ({ type: 'message_delta', text, ...named }) as const))
      }
      const finals = [
        '',
        own.at(-1) ?? '',
        own.join(''),
        own.map((one) => one.trim()).join('\n\n'),
        said.join(''),
      ]
      const text = finals[below(random, finals.length)] ?? ''
      const final = { type: 'message_final', text, ...named } as const
      events.push(final, ...(random() < 0.3 ? [final] : []))
    }
    yield { events, said }
  }
}

/** Folds what servers of one mind send; each sentence must stand on the page exactly once. */
export function foldConsistent(runs: Iterable<ConsistentRun>): OrderFigures {
  const failed: string[] = []
  let count = 0
  for (const { events, said } of runs) {
    count += 1
    const text = textOf(events.reduce(fold, emptyRun('run')))
    const isWrong = said.some((sentence) => countIn(text, sentence.trim()) !== 1)
    if (isWrong) failed.push(`said ${JSON.stringify(text)}: ${JSON.stringify(events)}`)
  }
  return { sequences: count, failed }
}

/** Folds each sequence and says which of them threw, said a sentence more often than the server, or ended twice. */
export function foldOrders(sequences: Iterable<readonly FluoEvent[]>): OrderFigures {
  const failed: string[] = []
  let count = 0
  for (const events of sequences) {
    count += 1
    const problem = problemOf(events)
    if (problem !== null) failed.push(`${problem}: ${JSON.stringify(events)}`)
  }
  return { sequences: count, failed }
}

function problemOf(events: readonly FluoEvent[]): string | null {
  let run = emptyRun('run')
  let ended: Run | null = null
  try {
    for (const event of events) {
      run = fold(run, event)
      if (ended !== null && run !== ended) return 'changed after its end'
      if (run.end !== null) ended = run
    }
  } catch (thrown) {
    return `threw ${String(thrown)}`
  }
  const over = endRun(run, 'interrupted')
  if (over.end === null || endRun(over, 'done') !== over) return 'did not end once'
  const text = textOf(over)
  const most = mostOften(events)
  return sentences.some((sentence) => countIn(text, sentence.trim()) > most(sentence.trim()))
    ? `said a sentence too often (${JSON.stringify(text)})`
    : null
}

/**
 * How often a sentence may stand on the page. In order, with frames dropped and all but deltas doubled: once. In any
 * other order what comes after a final is a message of its own, and says what it says.
 */
function mostOften(events: readonly FluoEvent[]): (sentence: string) => number {
  const places = events.map((event) => frames.indexOf(event))
  const isInOrder = places.every((place, index) => {
    const before = places[index - 1] ?? -1
    return (
      place > before ||
      (place === before && frames[place]?.type !== 'message_delta' && place !== -1)
    )
  })
  if (isInOrder) return () => 1
  return (sentence) =>
    events.filter((event) => 'text' in event && event.text?.includes(sentence) === true).length
}

function countIn(text: string, sentence: string): number {
  return text.split(sentence).length - 1
}
