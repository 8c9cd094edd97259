import { join } from 'node:path'
import { startStandIn, type StandInOptions } from '@fluokit/testing/node'
import { answer } from './agent/answer.ts'
import { breakNext, type Break } from './agent/break-next.ts'

export interface UpstreamOptions {
  /** Where the stand-in keeps its threads. @default apps/demo/.state */
  readonly stateDir?: string
  /** @default process.env */
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly standIn?: StandInOptions
}

/** What the relay talks to. */
export interface Upstream {
  readonly isStandIn: boolean
  readonly apiKey: string
  readonly projectId: string
  readonly agentId: string
  readonly baseUrl: string
  /** Where files are stored, as sources of a content security policy. */
  readonly files: string
  /** Who answers, and why. */
  readonly sentence: string
  /** Says what goes wrong with the stand-in's next answer; null with the real Fluo. */
  readonly breakNext: ((how: Break | null) => void) | null
  close(): Promise<void>
}

/** The real Fluo where all three variables are set, and a stand-in on this machine otherwise. */
export async function findUpstream(
  options: UpstreamOptions & { stateDir: string },
): Promise<Upstream> {
  const env = options.env ?? process.env
  const { FLUO_API_KEY: apiKey, FLUO_PROJECT_ID: projectId, FLUO_AGENT_ID: agentId } = env
  const missing = variables.filter((name) => !env[name])
  if (apiKey && projectId && agentId) {
    const baseUrl = env['FLUO_BASE_URL'] || 'https://api.fluo.one'
    const sentence = `Fluo's agent ${agentId} answers.`
    // Its storage may be anywhere; that of a stand-in at hand is on this machine.
    const files = isHere(baseUrl) ? 'http://127.0.0.1:*' : 'https:'
    const facts = { apiKey, projectId, agentId, baseUrl, files, sentence }
    return { isStandIn: false, ...facts, breakNext: null, close: noClose }
  }
  const breakable = breakNext(answer)
  const standIn = await startStandIn({
    agent: breakable.agent,
    stateFile: join(options.stateDir, 'threads.json'),
    ...options.standIn,
    storage: { ...slow(env['DEMO_UPLOAD_BYTES_PER_SECOND']), ...options.standIn?.storage },
  })
  return {
    isStandIn: true,
    apiKey: standIn.apiKey,
    projectId: standIn.projectId,
    agentId: standIn.agents[0] ?? 'agent_demo',
    baseUrl: standIn.url,
    files: standIn.storage.url,
    sentence: `A stand-in answers. For the real Fluo, set ${missing.join(', ')}.`,
    breakNext: breakable.arm,
    close: () => standIn.close(),
  }
}

const variables = ['FLUO_API_KEY', 'FLUO_PROJECT_ID', 'FLUO_AGENT_ID'] as const

function isHere(baseUrl: string): boolean {
  return URL.parse(baseUrl)?.hostname === '127.0.0.1'
}

/** Uploads that take as long as they would elsewhere: for pictures of them. */
function slow(speed: string | undefined): { readonly bytesPerSecond?: number } {
  const bytesPerSecond = Number(speed)
  return bytesPerSecond > 0 ? { bytesPerSecond } : {}
}

async function noClose(): Promise<void> {
  // The real Fluo stays where it is.
}
