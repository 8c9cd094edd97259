import { canary, json } from './fluo-answers.ts'
import type { Rows } from './see-turn.tsx'
import { hadProblem, notAccepted, notHere, tooLarge } from './sentences.ts'

/** What Fluo refuses, or answers with no stream. */
export const fluoRefusals: Rows = {
  "Fluo's 400": [
    { fluo: json(400, { detail: canary }) },
    { reads: notAccepted, code: 'invalid', status: 422, detail: canary, upstreamStatus: 400 },
  ],
  "Fluo's 404 for a thread": [
    { fluo: json(404, { detail: canary }), threadRef: 'sealed' },
    {
      reads: 'This conversation is no longer available.',
      code: 'thread-gone',
      status: 404,
      detail: canary,
      upstreamStatus: 404,
    },
  ],
  "Fluo's 413": [
    { fluo: json(413, { detail: canary }) },
    { reads: tooLarge, code: 'too-large', status: 413, detail: canary, upstreamStatus: 413 },
  ],
  "Fluo's 422": [
    { fluo: json(422, { detail: [{ loc: ['body', 'query'], msg: canary }] }) },
    {
      reads: notAccepted,
      code: 'invalid',
      status: 422,
      detail: `body.query: ${canary}`,
      upstreamStatus: 422,
    },
  ],
  "Fluo's 429": [
    { fluo: json(429, { detail: canary }, { 'retry-after': '30' }) },
    {
      reads: 'Too many messages at the moment.',
      code: 'rate-limited',
      status: 429,
      detail: canary,
      upstreamStatus: 429,
    },
  ],
  ...Object.fromEntries(
    [401, 403, 404].map((status) => [
      `Fluo's ${status} for the relay itself`,
      [
        { fluo: json(status, { detail: canary }) },
        { reads: notHere, code: 'forbidden', detail: canary, upstreamStatus: status },
      ] as const,
    ]),
  ),
  ...Object.fromEntries(
    [500, 502, 503, 504].map((status) => [
      `Fluo's ${status}`,
      [
        { fluo: json(status, { detail: canary }) },
        { reads: hadProblem, code: 'upstream', detail: canary, upstreamStatus: status },
      ] as const,
    ]),
  ),
  'a redirect of Fluo': [
    {
      fluo: () =>
        Promise.resolve(
          new Response(null, { status: 307, headers: { location: 'https://evil.example' } }),
        ),
    },
    {
      reads: hadProblem,
      code: 'upstream',
      detail: 'Fluo answered with a redirect, which is never followed.',
      upstreamStatus: 307,
    },
  ],
  'a page of Fluo': [
    {
      fluo: () =>
        Promise.resolve(new Response(canary, { headers: { 'content-type': 'text/html' } })),
    },
    {
      reads: 'The server answered with something that is not an answer.',
      code: 'not-a-stream',
      detail: 'Fluo answered with the type "text/html".',
      upstreamStatus: 200,
    },
  ],
  'an empty answer of Fluo': [
    { fluo: () => Promise.resolve(new Response(null, { status: 204 })) },
    { reads: 'The server sent no answer.', code: 'empty', upstreamStatus: 204 },
  ],
  'a Fluo that cannot be reached': [
    {
      fluo: () =>
        Promise.reject(new TypeError('fetch failed', { cause: new Error('ECONNREFUSED') })),
    },
    { reads: 'The server could not be reached.', code: 'network', detail: 'ECONNREFUSED' },
  ],
  'a Fluo that does not answer': [
    {
      fluo: async (signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(new Error('aborted')))
        }),
      options: { limits: { firstByteMs: 10 } },
    },
    {
      reads: 'The answer stopped arriving.',
      code: 'stalled',
      detail: 'Fluo was over limits.firstByteMs.',
    },
  ],
}

