import { anonymousCookie, createRelay } from '@fluokit/relay'

const { env } = process
const key = (name: string) => Buffer.from(env[name] ?? '', 'base64')

export const relay = createRelay({
  apiKey: env.FLUO_API_KEY ?? '',
  projectId: env.FLUO_PROJECT_ID ?? '',
  agents: [env.FLUO_AGENT_ID ?? ''],
  baseUrl: env.FLUO_BASE_URL,
  sealKeys: [{ id: '1', key: key('FLUO_SEAL_KEY') }],
  authorize: anonymousCookie({ key: key('COOKIE_KEY') }), // or look your own session up
  graceMs: Number(env.GRACE_MS ?? 60_000), // how long an answer goes on that nobody reads
  log: (entry) => console.log(JSON.stringify(entry)),
})
