import { canary, hello, problem, stream } from './fluo-answers.ts'
import type { Rows } from './see-turn.tsx'
import { hadProblem, notHere, tooLarge } from './sentences.ts'

/** What ends a run in the middle of its stream. */
export const runEnds: Rows = {
  'an error event of Fluo': [
    { fluo: stream([...hello, problem(500)]) },
    { reads: hadProblem, code: 'upstream', detail: canary },
  ],
  'an error event that speaks of the key': [
    { fluo: stream([...hello, problem(401)]) },
    { reads: notHere, code: 'forbidden', logCode: 'unauthorized', detail: canary },
  ],
  'an error event of a rate limit': [
    { fluo: stream([...hello, problem(429)]) },
    { reads: 'Too many messages at the moment.', code: 'rate-limited', detail: canary },
  ],
  'a silence over the limit': [
    { fluo: stream(hello, 'silence'), options: { limits: { idleMs: 10 } } },
    { reads: 'The answer stopped arriving.', code: 'stalled' },
  ],
  'an event over the limit': [
    {
      fluo: stream([...hello, `event: message_delta\ndata: {"delta":"${'x'.repeat(200)}"}`]),
      options: { limits: { eventBytes: 100 } },
    },
    { reads: tooLarge, code: 'too-large' },
  ],
  'a run over the limit': [
    {
      fluo: stream([...hello, `event: message_delta\ndata: {"delta":"${'x'.repeat(500)}"}`]),
      options: { limits: { runBytes: 400 } },
    },
    { reads: 'The answer was longer than allowed.', code: 'limit' },
  ],
  'a stream that breaks off': [
    { fluo: stream(hello, 'break') },
    {
      reads: 'The connection was lost before the answer was complete.',
      code: 'network',
      detail: 'Fluo: network',
    },
  ],
}

