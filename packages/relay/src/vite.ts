import type { ServerResponse } from 'node:http'
import { loadEnv, type Logger, type Plugin, type ResolvedConfig } from 'vite'
import { anonymousCookie } from './thread/anonymous-cookie.ts'
import { createRelay } from './create-relay.ts'
import { readDevKeys } from './dev/dev-keys.ts'
import { toNodeHandler } from './node.ts'
import { refuseExposed } from './dev/refuse-exposed.ts'
import type { RelayLogEntry } from './answer/relay-log.ts'
import type { RelayOptions } from './options/relay-options.ts'

/** What {@link fluoRelay} takes: the relay's own options, all optional here, and where to mount it. */
export interface FluoRelayOptions extends Partial<Omit<RelayOptions, 'apiKey' | 'projectId'>> {
  /** The URL path the relay answers at. @default '/api/fluo' */
  readonly path?: string
  /** Variables that win over those of the process and of Vite's .env files. */
  readonly env?: Readonly<Record<string, string | undefined>>
}

type Env = Readonly<Record<string, string | undefined>>

/**
 * The relay inside Vite's development server, so that an application needs no server of its own to begin with.
 * Reads FLUO_API_KEY, FLUO_PROJECT_ID, FLUO_AGENT_ID and FLUO_BASE_URL from the process and from .env files, without
 * the prefix that would put them into the bundle. Without `authorize`, each browser is an anonymous user. Throws for
 * any VITE_FLUO_ variable and whatever else would put the key into the bundle, in builds, too; mounts nothing in a
 * build and nothing in `vite preview`.
 */
export function fluoRelay(options: FluoRelayOptions = {}): Plugin {
  let env: Env = {}
  return {
    name: 'fluokit-relay',
    configResolved(config) {
      env = { ...process.env, ...loadEnv(config.mode, config.envDir, ''), ...options.env }
      refuseExposed(env, config.envPrefix)
    },
    configureServer({ config, middlewares }) {
      middlewares.use(options.path ?? '/api/fluo', handlerFor(options, env, config))
    },
  }
}

function handlerFor(
  { path: _path, env: _env, ...options }: FluoRelayOptions,
  env: Env,
  { root, logger, server }: ResolvedConfig,
): ReturnType<typeof toNodeHandler> {
  const { FLUO_API_KEY: apiKey, FLUO_PROJECT_ID: projectId, FLUO_AGENT_ID: agentId } = env
  const agents = options.agents ?? (agentId ? [agentId] : [])
  if (!apiKey || !projectId || agents.length === 0) {
    const missing = [
      !apiKey && 'FLUO_API_KEY',
      !projectId && 'FLUO_PROJECT_ID',
      agents.length === 0 && 'FLUO_AGENT_ID',
    ].filter((name) => typeof name === 'string')
    logger.warn(
      `Fluo's relay answers 503 until ${missing.join(', ')} is set in the environment or in a .env file.`,
    )
    return answerUnset
  }
  if (options.authorize === undefined && !isLoopback(server.host)) {
    logger.warn(
      'fluo relay: this server listens beyond this machine, so whoever can reach it can spend from your Fluo key.',
    )
  }
  const keys = readDevKeys(root, (sentence) => logger.warn(sentence))
  const baseUrl = options.baseUrl ?? env['FLUO_BASE_URL']
  return toNodeHandler(
    createRelay({
      log: (entry) => print(entry, logger),
      ...options,
      apiKey,
      projectId,
      agents,
      sealKeys: options.sealKeys ?? [{ id: 'dev', key: keys.seal }],
      authorize: options.authorize ?? anonymousCookie({ key: keys.cookie }),
      ...(baseUrl && { baseUrl }),
    }),
  )
}

function isLoopback(host: string | boolean | undefined): boolean {
  return typeof host === 'string'
    ? /^(localhost|127\.\d+\.\d+\.\d+|::1)$/.test(host)
    : host !== true
}

function answerUnset(_request: unknown, response: ServerResponse): void {
  response.writeHead(503, { 'content-type': 'application/json', 'cache-control': 'no-store' })
  response.end(JSON.stringify({ error: { code: 'upstream', status: 503 } }))
}

/** Entries hold no control characters and no secrets, so that they can go to a terminal as they are. */
function print(entry: RelayLogEntry, logger: Logger): void {
  const { level, event, status, upstreamStatus, code, end, detail, requestId } = entry
  if (level === 'info') return
  const facts = [
    event,
    status,
    code ?? end,
    upstreamStatus === undefined ? undefined : `(Fluo said ${upstreamStatus})`,
    detail,
    `[${requestId}]`,
  ]
  logger[level](`fluo relay: ${facts.filter((fact) => fact !== undefined).join(' ')}`)
}
