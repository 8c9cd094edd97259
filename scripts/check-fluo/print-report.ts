import { endOfStream } from '../../packages/core/src/thread/run-end.ts'
import { errorFromResponse, type FluoEvent } from '../../packages/core/src/wire/index.ts'
import { textOf } from '../../packages/core/src/thread/text-chunks.ts'
import { eventLines, pathLines } from './event-lines.ts'
import { leavesOf } from './field-paths.ts'
import type { Framing } from './scan-lines.ts'
import type { Survey } from './survey.ts'
import type { Turn } from './take-turn.ts'

/** The report of a turn: names, counts and types. Every name in it went through `isSafe`. */
export function reportLines(turn: Turn, survey: Survey, framing: Framing): readonly string[] {
  if (turn.status === null) return []
  const head = table([
    ['HTTP status', String(turn.status)],
    ['content type', contentType(turn.headers)],
    ['headers of note', headerNames(turn.headers)],
  ])
  if (turn.end === 'not-read') return ['Answer', ...head, ...refusalLines(turn, survey)]
  return [
    'Answer',
    ...head,
    '',
    'Stream',
    ...table([
      [
        'time to first event',
        turn.firstMessageMs === null ? 'none came' : `${Math.round(turn.firstMessageMs)} ms`,
      ],
      ['line ends', lineEnds(framing)],
      ['comments (keep-alives)', String(framing.comments)],
      ['event IDs', String(framing.ids)],
      ['retry fields', String(framing.retries)],
      [
        'end',
        turn.end === 'clean' && !framing.isCut
          ? 'clean'
          : `not clean (${framing.isCut ? 'last event cut' : turn.end})`,
      ],
      ['thread ID', threadPlaces(survey)],
      ['message_final', finals(survey)],
      ['the kit would call this run', endOf(turn, survey)],
    ]),
    '',
    'Events (paths begin at the data of the event; values are never shown)',
    ...eventLines(survey.sightings),
  ]
}

function table(rows: readonly (readonly [string, string])[]): readonly string[] {
  const width = Math.max(...rows.map(([name]) => name.length))
  return rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`)
}

function contentType(headers: Headers): string {
  const type = headers.get('content-type')
  if (type === null) return 'none'
  const essence = (type.split(';')[0] ?? '').trim().toLowerCase()
  return /^[a-z]+\/[a-z.+-]+$/.test(essence) ? essence : 'one that is no media type'
}

const headerWords: ReadonlySet<string> = new Set(
  'x request id requestid trace traceid parent state correlation retry after rate limit ratelimit limits remaining reset requests tokens fluo amzn amz cloud context policy'.split(
    ' ',
  ),
)

/** Names only: which header names the request, and whether a limit is told. */
function headerNames(headers: Headers): string {
  const found = [...headers.keys()]
    .filter((name) => /request|trace|correlation|retry-after|rate-?limit/.test(name))
    .map((name) => (name.split('-').every((word) => headerWords.has(word)) ? name : '<name>'))
  return found.length === 0 ? 'none' : found.join(', ')
}

function refusalLines({ refusal, status, headers }: Turn, { isSafe }: Survey): readonly string[] {
  if (refusal === '') return ['', 'The body was empty or not read.']
  const { detail } = errorFromResponse({ status: status ?? 0, headers }, refusal)
  return [
    '',
    'Body',
    ...pathLines(
      leavesOf(refusal, isSafe).map(({ path, type }) => [path.replace(/^data/, 'body'), type]),
    ),
    `  the kit ${detail === undefined ? 'found no detail' : 'found a detail'} in it`,
  ]
}

function lineEnds({ lf, crlf, cr }: Framing): string {
  const found = [`LF ${lf}`, `CRLF ${crlf}`, `CR ${cr}`].filter((count) => !count.endsWith(' 0'))
  return found.length === 0 ? 'none' : found.join(', ')
}

function threadPlaces({ sightings, threadIds }: Survey): string {
  const places = sightings.flatMap(({ name, leaves, events }) => {
    if (!events.some((event) => 'threadRef' in event)) return []
    const paths = leaves.filter(({ value }) => threadIds.includes(String(value)))
    return [`${name} at ${paths[0]?.path ?? 'a place of its own'}`]
  })
  const [first, ...others] = new Set(places)
  if (first === undefined) return 'not found'
  return `found in ${first}${others.length > 0 ? `, and in ${others.length} other kinds of event` : ''}`
}

function finals({ sightings, run, looksCumulative }: Survey): string {
  const events = sightings.flatMap((sighting) => sighting.events)
  const count = events.filter(({ type }) => type === 'message_final').length
  if (count === 0) return 'did not come'
  const textsOf = (type: FluoEvent['type']): readonly string[] =>
    events.flatMap((event) => (event.type === type && 'text' in event ? [event.text ?? ''] : []))
  const deltas = textsOf('message_delta').join('')
  const whole = textsOf('message_final').join('')
  const shown = run.messages.map(textOf).join('')
  const kind =
    deltas === ''
      ? 'the text came with it alone'
      : whole === ''
        ? 'without a text of its own'
        : looksCumulative
          ? 'deltas look cumulative'
          : whole === deltas
            ? 'its text is the deltas joined'
            : `its text is not the deltas joined${shown === whole ? ', the kit shows the final' : ''}`
  return `came ${count === 1 ? 'once' : `${count} times`}; ${kind}`
}

function endOf({ end }: Turn, { run }: Survey): string {
  if (run.end !== null) return run.end
  if (run.messages.length === 0) return 'failed (nothing came)'
  return end === 'clean' ? endOfStream(run, 'message-final') : 'interrupted'
}
