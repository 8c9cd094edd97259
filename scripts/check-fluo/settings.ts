/** What one turn needs. */
export interface Settings {
  readonly apiKey: string
  readonly projectId: string
  readonly agentId: string
  /** Without a slash at the end. */
  readonly baseUrl: string
}

type Env = Readonly<Record<string, string | undefined>>

const needed = ['FLUO_API_KEY', 'FLUO_PROJECT_ID', 'FLUO_AGENT_ID'] as const

/** The settings, or the sentence that says what is missing or wrong. The sentence holds no value. */
export function readSettings(env: Env): Settings | string {
  const missing = needed.filter((name) => !env[name])
  if (missing.length > 0) {
    return `Set ${list(missing)} in the environment or in a .env file in the root of the repository.`
  }
  const { FLUO_API_KEY: apiKey = '', FLUO_PROJECT_ID: projectId = '' } = env
  const { FLUO_AGENT_ID: agentId = '' } = env
  for (const [name, value] of [
    ['FLUO_API_KEY', apiKey],
    ['FLUO_PROJECT_ID', projectId],
  ] as const) {
    if (!/^[\x21-\x7e]+$/.test(value)) {
      return `${name} contains a space or another character that a header cannot carry.`
    }
  }
  if (agentId === '.' || agentId === '..' || !/^\P{Surrogate}+$/u.test(agentId)) {
    return 'FLUO_AGENT_ID is not an ID that can stand in a path.'
  }
  const baseUrl = (env['FLUO_BASE_URL'] || 'https://api.fluo.one').replace(/\/+$/, '')
  if (!isSafeBase(baseUrl)) {
    return 'FLUO_BASE_URL must be an https URL (http only on this machine) without credentials, query or fragment.'
  }
  return { apiKey, projectId, agentId, baseUrl }
}

function list(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}

function isSafeBase(baseUrl: string): boolean {
  if (!URL.canParse(baseUrl)) return false
  const { protocol, hostname, username, password, search, hash } = new URL(baseUrl)
  if (username !== '' || password !== '' || search !== '' || hash !== '') return false
  const isLoopback = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname)
  return protocol === 'https:' || (protocol === 'http:' && isLoopback)
}
