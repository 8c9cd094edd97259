// Without FLUO_API_KEY, a stand-in Fluo on this machine answers, and the keys are those of this process. Not for production.
import { randomBytes } from 'node:crypto'
import { startStandIn } from '@fluokit/testing/node'

if (!process.env.FLUO_API_KEY) {
  const fluo = await startStandIn()
  Object.assign(process.env, {
    FLUO_API_KEY: fluo.apiKey,
    FLUO_PROJECT_ID: fluo.projectId,
    FLUO_AGENT_ID: fluo.agents[0],
    FLUO_BASE_URL: fluo.url,
    FLUO_SEAL_KEY: randomBytes(32).toString('base64'),
    COOKIE_KEY: randomBytes(32).toString('base64'),
  })
  process.once('SIGTERM', () => void fluo.close())
  console.log('A stand-in answers: FLUO_API_KEY is not set.')
}
