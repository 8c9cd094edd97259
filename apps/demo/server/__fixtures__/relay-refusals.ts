import { canary, hello, stream } from './fluo-answers.ts'
import type { Rows } from './see-turn.tsx'
import { hadProblem, notAccepted, notHere, tooLarge } from './sentences.ts'

const start = { op: 'start', runId: 'r', agentId: 'helper', threadRef: null, input: { query: 'a' } }

const file = { name: canary, mediaType: 'text/plain', size: 1, ref: '2.a.AAAA' }

function withBody(body: BodyInit): (request: Request) => Request {
  return ({ url, method, headers }) => {
    const init = { method, headers: [...headers], body, duplex: 'half' }
    return new Request(url, init as RequestInit)
  }
}

function withHeaders(over: Record<string, string>): (request: Request) => Request {
  return (request) =>
    new Request(request, { headers: { ...Object.fromEntries(request.headers), ...over } })
}

function broken(): ReadableStream<Uint8Array> {
  return new ReadableStream({ start: (controller) => controller.error(new Error('reset')) })
}

/** What the relay refuses by itself. */
export const relayRefusals: Rows = {
  'a body that broke off': [
    { change: withBody(broken()) },
    { reads: notAccepted, code: 'invalid', status: 400, detail: 'The body broke off.' },
  ],
  'a stranger': [
    { options: { authorize: () => null } },
    {
      reads: 'Please sign in again.',
      code: 'unauthorized',
      status: 401,
      detail: 'authorize returned null.',
    },
  ],
  'an agent that is not listed': [
    { agentId: 'other' },
    {
      reads: notHere,
      code: 'forbidden',
      status: 403,
      detail: `The relay's option agents does not list "other".`,
    },
  ],
  'a page of another site': [
    { change: withHeaders({ origin: 'https://evil.example' }) },
    {
      reads: notHere,
      code: 'forbidden',
      status: 403,
      detail: `The relay's option origins does not list "https://evil.example".`,
    },
  ],
  'a page of another site that keeps its name to itself': [
    { change: withHeaders({ 'sec-fetch-site': 'cross-site' }) },
    {
      reads: notHere,
      code: 'forbidden',
      status: 403,
      detail: /^The request came from another site, .* option origins .*\.$/,
    },
  ],
  'a handle of somebody else': [
    { threadRef: '2.a.AAAA' },
    {
      reads: 'This conversation is no longer available.',
      code: 'thread-gone',
      status: 404,
      detail: /^The thread reference is not one of this user, agent and project/,
    },
  ],
  'another method': [
    { change: ({ url, headers }) => new Request(url, { method: 'PUT', headers }) },
    { reads: notAccepted, code: 'invalid', status: 405, detail: 'The relay takes POST only.' },
  ],
  'a run that is something else already': [
    {
      fluo: stream(hello, 'silence'),
      before: start,
      change: withBody(JSON.stringify({ ...start, input: { query: 'b' } })),
    },
    { reads: notAccepted, code: 'invalid', status: 409, detail: /\brun\b/ },
  ],
  'a second run of a person who may have one': [
    {
      fluo: stream(hello, 'silence'),
      before: start,
      options: { limits: { runsPerUser: 1 } },
    },
    {
      reads: 'Too many messages at the moment.',
      code: 'rate-limited',
      status: 429,
      detail: 'The user is over limits.runsPerUser.',
    },
  ],
  'a run that is read twice by a person who may read one': [
    {
      fluo: stream(hello, 'silence'),
      before: start,
      change: withBody(JSON.stringify(start)),
      options: { limits: { readersPerUser: 1 } },
    },
    {
      reads: 'Too many messages at the moment.',
      code: 'rate-limited',
      status: 429,
      detail: 'The user is over limits.readersPerUser.',
    },
  ],
  'a relay that was closed': [
    { isClosed: true },
    {
      reads: hadProblem,
      code: 'upstream',
      status: 503,
      detail: 'The relay was closed: its process is ending.',
    },
  ],
  'a body over the limit': [
    { options: { limits: { bodyBytes: 20 } } },
    {
      reads: tooLarge,
      code: 'too-large',
      status: 413,
      detail: 'The body is over limits.bodyBytes.',
    },
  ],
  'too many contexts': [
    { input: { query: 'a', contexts: ['a', 'b'] }, options: { limits: { inputItems: 1 } } },
    {
      reads: tooLarge,
      code: 'too-large',
      status: 413,
      detail: 'The turn is over limits.inputItems.',
    },
  ],
  'another type': [
    { change: withHeaders({ 'content-type': 'text/plain' }) },
    {
      reads: notAccepted,
      code: 'invalid',
      status: 415,
      detail: 'The relay takes application/json only.',
    },
  ],
  'no JSON': [
    { change: withBody('{') },
    { reads: notAccepted, code: 'invalid', status: 422, detail: 'The body is not JSON.' },
  ],
  'a body that is too deep': [
    { change: withBody('['.repeat(100)) },
    {
      reads: notAccepted,
      code: 'invalid',
      status: 422,
      detail: 'The body is nested deeper than limits.metadataDepth allows.',
    },
  ],
  'metadata that is too deep': [
    { input: { query: 'a', metadata: { b: { c: 1 } } }, options: { limits: { metadataDepth: 1 } } },
    {
      reads: notAccepted,
      code: 'invalid',
      status: 422,
      detail: 'The metadata is over limits.metadataDepth.',
    },
  ],
  'a field that is not known': [
    { change: withBody(JSON.stringify({ ...start, thread_id: 'x' })) },
    {
      reads: notAccepted,
      code: 'invalid',
      status: 422,
      detail: 'Only op, runId, agentId, threadRef, input are known here.',
    },
  ],
  'a field of another type': [
    { change: withBody(JSON.stringify({ ...start, input: { query: 1 } })) },
    {
      reads: notAccepted,
      code: 'invalid',
      status: 422,
      detail: '"query" is missing or not what it should be.',
    },
  ],
  'a file of a host that is not listed': [
    { input: { query: 'a', images: [`https://evil.example/${canary}`] } },
    {
      reads: notAccepted,
      code: 'invalid',
      status: 422,
      detail: `A file in "images" is not an https URL on a host that the relay's option fileHosts lists.`,
    },
  ],
  'a file that was uploaded, where nobody uploads anything': [
    { input: { query: 'a', documents: [file] } },
    {
      reads: notHere,
      code: 'forbidden',
      status: 403,
      detail: `"documents" names a file that was uploaded, and the relay's option uploads is not set.`,
    },
  ],
  'a file of somebody else': [
    { input: { query: 'a', documents: [file] }, options: { uploads: {} } },
    {
      reads: 'A file of this message is no longer there. Edit the message and attach it again.',
      code: 'file-gone',
      status: 404,
      detail: 'The ref of a file is not one of this user and project.',
    },
  ],
  'an authorize that throws': [
    {
      options: {
        authorize: () => {
          throw new Error('no database')
        },
      },
    },
    { reads: hadProblem, code: 'upstream', status: 500, detail: 'authorize threw: no database' },
  ],
  'an authorize without a user': [
    { options: { authorize: () => ({ userId: '' }) } },
    { reads: hadProblem, code: 'upstream', status: 500, detail: 'authorize returned no userId.' },
  ],
  'an authorize with headers that are none': [
    { options: { authorize: () => ({ userId: 'ann', headers: { 'x-a': 'a\nb' } }) } },
    {
      reads: hadProblem,
      code: 'upstream',
      status: 500,
      detail: 'authorize returned headers that no answer can carry.',
    },
  ],
  'a beforeRun that throws': [
    { options: { beforeRun: () => Promise.reject(new Error('no ledger')) } },
    { reads: hadProblem, code: 'upstream', status: 500, detail: 'beforeRun threw: no ledger' },
  ],
  'an authorize that says no in its own words': [
    { options: { authorize: () => new Response('', { status: 403 }) } },
    {
      reads: notHere,
      code: 'forbidden',
      status: 403,
      detail: 'authorize returned a Response.',
      level: 'info',
    },
  ],
  'a beforeRun that says no': [
    { options: { beforeRun: () => Response.json({}, { status: 402 }) } },
    {
      reads: hadProblem,
      code: 'upstream',
      status: 402,
      detail: 'beforeRun returned a Response.',
      level: 'info',
    },
  ],
}
