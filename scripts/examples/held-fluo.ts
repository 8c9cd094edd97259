import { randomBytes } from 'node:crypto'
import { startStandIn, type StandIn } from '@fluokit/testing/node'

/** A stand-in Fluo whose agent says what it is told to, and waits for that. */
export interface HeldFluo {
  readonly standIn: StandIn
  /** Resolves once it answers nobody: a run that is still open would take the words that are meant for the next. */
  idle(): Promise<void>
  /** Lets the agent say a word, as one delta. */
  say(word: string): void
  /** Lets it end its answer. */
  finish(): void
}

/** Starts a held Fluo, for one run at a time. */
export async function startHeldFluo(): Promise<HeldFluo> {
  const told: (string | null)[] = []
  let wake = (): void => undefined
  const tell = (word: string | null): void => {
    told.push(word)
    wake()
  }
  const standIn = await startStandIn({
    async *agent({ signal }) {
      let text = ''
      yield { event: { type: 'run_start' } }
      while (!signal.aborted) {
        const word = told.shift()
        if (word === null) break
        if (word === undefined) {
          await new Promise<void>((resolve) => {
            wake = resolve
            signal.addEventListener('abort', () => resolve(), { once: true })
          })
          continue
        }
        text += word
        yield { event: { type: 'message_delta', text: word } }
      }
      yield { event: { type: 'message_final', text } }
    },
  })
  return { standIn, idle: () => standIn.idle(), say: tell, finish: () => tell(null) }
}

/** What an example is told of its Fluo. */
export function environmentOf({ standIn }: HeldFluo): Record<string, string> {
  return {
    FLUO_API_KEY: standIn.apiKey,
    FLUO_PROJECT_ID: standIn.projectId,
    FLUO_AGENT_ID: standIn.agents[0] ?? '',
    FLUO_BASE_URL: standIn.url,
    FLUO_SEAL_KEY: randomBytes(32).toString('base64'),
    COOKIE_KEY: randomBytes(32).toString('base64'),
    NEXT_TELEMETRY_DISABLED: '1',
  }
}
