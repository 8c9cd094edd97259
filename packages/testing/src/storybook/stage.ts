import {
  createFluoClient,
  memoryStorage,
  type FluoClient,
  type RegisteredTools,
  type ThreadOptions,
  type ThreadStorage,
  type TurnInput,
} from '@fluokit/core'
import type { OpenUploads } from '@fluokit/core/uploads'
import type { Player } from '../player.ts'
import { defineScript, type Script } from '../script.ts'
import { scriptedTransport } from '../scripted-transport.ts'

/** What a story plays, under `parameters.fluo`. */
export interface FluoStory {
  /** What the agent answers, a script each turn. @default an agent that says nothing */
  readonly script?: Script | readonly Script[]
  /** The agent that the story's component talks to. @default storyAgent */
  readonly agentId?: string
  /** What the person asks as the story opens, text or text with files, one after the other; null for nothing yet. @default 'Hello' */
  readonly message?: string | TurnInput | readonly (string | TurnInput)[] | null
  /** Whether the person presses Stop once the script has been played. @default false */
  readonly isStopped?: boolean
  /** How much faster than life. A docs page shows the end at once, whatever this says. @default 1 */
  readonly speed?: number
  /** Whether the page was left after asking: the story shows what a reload finds. @default false */
  readonly isReloaded?: boolean
  /** What the thread is remembered in. @default memory */
  readonly storage?: () => ThreadStorage
  /** Lets files be attached: `() => createUploads({ transport: scriptedUploads().transport })`. @default none */
  readonly uploads?: () => OpenUploads
  /** @default 'message-final' */
  readonly completion?: NonNullable<ThreadOptions['completion']>
  /** What becomes of a send while a run is open. @default 'refuse' */
  readonly whenBusy?: NonNullable<ThreadOptions['whenBusy']>
  /** After how much silence the thread is slow, in milliseconds. @default 15000 */
  readonly slowAfterMs?: number
  /** Schemas of the tools that the script calls. @default no call is typed */
  readonly tools?: RegisteredTools
}

/** A client whose agent is a script. */
export interface Stage {
  readonly client: FluoClient
  readonly player: Player
  /** Asks what the story asks. */
  begin(): void
}

/** The agent that stories talk to: `<ChatThread.Default agentId={storyAgent} />`. */
export const storyAgent = 'agent_story'

/** Sets the stage for one story. Nothing is asked until `begin`. */
export function createStage(story: FluoStory, speed: number): Stage {
  const { agentId = storyAgent, message = 'Hello', isReloaded = false, completion } = story
  const questions = message === null ? [] : [message].flat()
  const storage = story.storage?.() ?? memoryStorage()
  const thread = { agentId, completion, whenBusy: story.whenBusy }
  const { slowAfterMs = 15_000 } = story
  const createClient = (): Stage & { readonly ask: () => Promise<void> } => {
    const script = story.script ?? defineScript('silence', [{ fault: 'stall' }])
    const { transport, player } = scriptedTransport(script, { speed })
    const uploads = story.uploads?.()
    const client = createFluoClient({
      transport,
      storage,
      userScope: null,
      slowAfterMs,
      ...(story.tools !== undefined && { tools: story.tools }),
      ...(uploads !== undefined && { uploads }),
    })
    const ask = async (): Promise<void> => {
      for (const question of questions) await client.thread(thread).send(question)
    }
    player.position.subscribe(({ index, of }) => {
      // In a task of its own: what was played last is shown first.
      if (story.isStopped === true && index === of)
        setTimeout(() => void client.thread(thread).stop())
    })
    return { client, player, ask, begin: () => undefined }
  }
  if (isReloaded) {
    const left = createClient()
    void left.ask()
    left.client.dispose()
    return createClient()
  }
  const { ask, ...stage } = createClient()
  return { ...stage, begin: () => void ask() }
}
