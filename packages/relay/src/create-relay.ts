import { emptyAnswer, passedAnswer, refusalAnswer } from './answer/answer.ts'
import { authorizeRequest } from './edge/authorize-request.ts'
import { checkOptions } from './options/check-options.ts'
import { checkRequest } from './edge/check-request.ts'
import { createCors } from './edge/cors.ts'
import type { Exchange } from './answer/exchange.ts'
import { createKeyedHash } from './thread/keyed-hash.ts'
import { logRefusal, refusalOf } from './answer/log-refusal.ts'
import { createMask } from './upstream/mask.ts'
import { createOpenRuns } from './run/open-runs.ts'
import { parseCall } from './edge/parse-call.ts'
import { createReaderSlots } from './run/reader-slots.ts'
import { readJson } from './edge/read-json.ts'
import { Refusal, withoutStream } from './answer/refusal.ts'
import type { Relay } from './relay.ts'
import { defaultLimits } from './options/relay-limits.ts'
import { createLog } from './answer/relay-log.ts'
import type { RelayOptions } from './options/relay-options.ts'
import { createSealThread } from './thread/create-seal-thread.ts'
import { createThreadSealer } from './thread/seal-thread.ts'
import type { RelayParts } from './relay-parts.ts'
import { resumeRun } from './run/resume-run.ts'
import { runKey } from './run/run-key.ts'
import { processRunLog } from './run-log/process-run-log.ts'
import { startRun } from './run/start-run.ts'
import { issueUpload } from './uploads/issue-upload.ts'
import { storeUpload } from './uploads/store-upload.ts'
import { createUploadParts } from './uploads/upload-parts.ts'
import { viewUpload } from './uploads/view-upload.ts'

/**
 * The server part that holds Fluo's key: a web-standard handler for one URL, mounted anywhere. It answers
 * `relayTransport` of `@fluokit/core`; nothing of Fluo's own request or answer passes through it unread. Throws an
 * `Error` of one sentence for options that could not work or would not be safe.
 */
export function createRelay(options: RelayOptions): Relay {
  checkOptions(options)
  const firstKey = options.sealKeys[0]?.key ?? new Uint8Array()
  const secrets = { apiKey: options.apiKey, projectId: options.projectId }
  const log = createLog(options.log)
  const takesBytes = options.uploads?.upload === 'relay'
  const cors = createCors(options.origins ?? [], takesBytes ? 'POST, PUT' : 'POST')
  const limits = { ...defaultLimits, ...options.limits }
  const parts: RelayParts = {
    options,
    limits,
    secrets,
    upstream: {
      ...secrets,
      baseUrl: options.baseUrl ?? 'https://api.fluo.one',
      fetch: options.fetch ?? fetch,
      firstByteMs: limits.firstByteMs,
    },
    sealer: createThreadSealer(options.sealKeys, options.threadLifetimeMs),
    uploads: createUploadParts(options),
    hash: createKeyedHash(firstKey),
    runLog: options.runLog ?? processRunLog(),
    runs: createOpenRuns(),
    readers: createReaderSlots(),
    state: { isClosed: false },
  }

  const handle = async (request: Request): Promise<Response> => {
    const requestId = crypto.randomUUID()
    const logMask = createMask(secrets)
    const exchange: Exchange = {
      requestId,
      headers: new Headers(),
      logMask,
      facts: {},
      log(entry) {
        log({ ...entry, ...exchange.facts, requestId }, logMask)
      },
    }
    if (cors.isPreflight(request)) return cors.mark(request, emptyAnswer(exchange))
    try {
      return cors.mark(request, await answer(request, exchange, parts))
    } catch (thrown) {
      return cors.mark(request, refuse(thrown, exchange))
    }
  }
  const close = async (): Promise<void> => {
    parts.state.isClosed = true
    await Promise.all(parts.runs.all().map((run) => run.end({ end: 'closed' })))
  }
  return Object.assign(handle, { sealThread: createSealThread(parts), close })
}

async function answer(request: Request, exchange: Exchange, parts: RelayParts): Promise<Response> {
  const { options, limits, runLog, hash, uploads } = parts
  const takesBytes = uploads?.options.upload === 'relay'
  checkRequest(request, options.origins ?? [], takesBytes)
  const user = await authorizeRequest(request, options.authorize)
  if (user instanceof Response) {
    const detail = 'authorize returned a Response.'
    exchange.log({ level: 'info', event: 'refused', status: user.status, detail })
    return passedAnswer(exchange, user)
  }
  for (const [name, value] of user.headers) exchange.headers.append(name, value)
  const { userId } = user
  exchange.facts = { user: await hash('user', userId) }
  if (request.method === 'PUT') return storeUpload({ request, userId, exchange }, parts)
  const call = parseCall(await readJson(request, limits), limits)
  if (call.op === 'upload' || call.op === 'view') {
    try {
      return await (call.op === 'upload'
        ? issueUpload({ request, call, userId, exchange }, parts)
        : viewUpload({ request, call, userId, exchange }, parts))
    } catch (thrown) {
      throw withoutStream(thrown)
    }
  }
  const { agentId, runId } = call
  exchange.facts = { ...exchange.facts, runId }
  if (!options.agents.includes(agentId)) {
    throw new Refusal(403, 'forbidden', {
      detail: `The relay's option agents does not list "${agentId.slice(0, 64)}".`,
    })
  }
  exchange.facts = { ...exchange.facts, agentId }
  if (call.op === 'start') return startRun({ request, call, userId, exchange }, parts)
  if (call.op === 'resume') return resumeRun({ request, call, userId, exchange }, parts)
  await runLog.stop(await runKey({ projectId: options.projectId, userId, agentId, runId }))
  exchange.log({ level: 'info', event: 'stop', status: 204 })
  return emptyAnswer(exchange)
}

function refuse(thrown: unknown, exchange: Exchange): Response {
  const refusal = refusalOf(thrown)
  logRefusal(refusal, exchange)
  return refusalAnswer(exchange, refusal)
}
