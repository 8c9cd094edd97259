import { createRelay } from '@fluokit/relay'

const bytesOf = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))

export const makeRelay = (env, options) =>
  createRelay({
    apiKey: env.FLUO_API_KEY,
    projectId: env.FLUO_PROJECT_ID,
    agents: [env.FLUO_AGENT_ID],
    baseUrl: env.FLUO_BASE_URL,
    sealKeys: [{ id: '1', key: bytesOf(env.FLUO_SEAL_KEY) }],
    authorize: () => ({ userId: 'ann' }),
    graceMs: Number(env.GRACE_MS),
    ...options,
  })
