import { endOfStream, endRun } from '../../packages/core/src/thread/run-end.ts'
import type { Message } from '../../packages/core/src/thread/thread-state.ts'
import { explainFailure, explainStatus } from './explain-status.ts'
import type { Framing } from './scan-lines.ts'
import type { Sighting, Survey } from './survey.ts'
import type { Turn } from './take-turn.ts'

const decoders =
  'Read it with the option `decode` of createRelay or fluoTransport, or add its names to packages/core/src/wire/payload-names.ts.'

/** What was not understood, in a sentence each; an empty list when everything was. No sentence holds a value. */
export function findProblems(turn: Turn, survey: Survey, framing: Framing): readonly string[] {
  if (turn.status === null) return [explainFailure(turn.failure)]
  if (turn.end === 'not-read') return [explainStatus(turn.status)]
  const { sightings } = survey
  const found = [...endProblems(turn, framing), ...sightings.flatMap(messageProblems)]
  if (sightings.every(({ events }) => events.length === 0)) {
    return [...new Set([...found, 'The stream held no event that means anything.'])]
  }
  return [...new Set([...found, ...runProblems(turn, survey)])]
}

function endProblems({ end }: Turn, { isCut }: Framing): readonly string[] {
  const cut = isCut ? ['The last event was cut off: no empty line ended it.'] : []
  if (end === 'clean') return cut
  const sentences = {
    network: 'The connection broke before the stream ended.',
    'too-large': 'One event was larger than a mebibyte, which is where the kit stops.',
    silence: 'The stream fell silent, and its end was not waited for.',
    limit: 'The stream was longer than this check reads.',
    'not-read': '',
  }
  return [sentences[end], ...cut]
}

function messageProblems({ name, events, isMalformed }: Sighting): readonly string[] {
  if (isMalformed) return [`An event "${name}" holds malformed JSON.`]
  return events.flatMap((event) => {
    switch (event.type) {
      case 'unknown':
        return [`An event "${name}" was not understood. ${decoders}`]
      case 'error':
        return [
          `An event "${name}" says that the run failed (the kit's code: ${event.error.code}).`,
        ]
      case 'message_delta':
      case 'thinking_part':
        return event.text === undefined
          ? [`No text was found in an event "${name}". ${decoders}`]
          : []
      case 'tool_start':
        return event.name === undefined
          ? [`No tool's name was found in an event "${name}". ${decoders}`]
          : []
      default:
        return []
    }
  })
}

function runProblems(turn: Turn, survey: Survey): readonly string[] {
  const problems: string[] = []
  const events = survey.sightings.flatMap((sighting) => sighting.events)
  if (survey.threadIds.length === 0) {
    problems.push(`No thread ID was found: every turn would begin a new conversation. ${decoders}`)
  }
  if (survey.hasConflict) problems.push('The stream named more than one thread ID.')
  if (survey.looksCumulative) {
    problems.push("Each delta seems to repeat the text so far: set `deltas: 'cumulative'`.")
  }
  const run = endRun(survey.run, endOfStream(survey.run, 'message-final'))
  const calls = run.messages
    .flatMap(({ parts }) => parts)
    .flatMap((part) => (part.type === 'tool-call' ? [part] : []))
  if (calls.some(({ name }) => name === '')) {
    problems.push(`A tool call ended whose name no event gave. ${decoders}`)
  }
  if (calls.some(({ status }) => status === 'unfinished')) {
    problems.push('A tool call started that never ended: its end was not matched, or never came.')
  }
  if (!events.some(({ type }) => type === 'message_final')) {
    problems.push(
      "No message_final came, so the kit calls the run cut off: set `completion: 'end-of-stream'` if this agent never sends one.",
    )
  } else if (turn.end === 'clean' && run.messages.some(isWithoutWords)) {
    problems.push('A message ended without any text.')
  }
  return problems
}

function isWithoutWords({ isFinal, parts }: Message): boolean {
  return isFinal && parts.every(({ type }) => type !== 'text' && type !== 'tool-call')
}
