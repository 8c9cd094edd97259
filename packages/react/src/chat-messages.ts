import type { FluoError, Message, Run, RunEnd, Turn, TurnInput } from '@fluokit/core'

/**
 * A message as a list shows it: what a person asked, or what the agent answered. `sentAt` and `startedAt` are
 * milliseconds since the epoch.
 */
export type ChatMessage =
  | {
      readonly role: 'user'
      readonly id: string
      readonly input: TurnInput
      readonly sentAt: number
    }
  | (Message & {
      readonly role: 'assistant'
      readonly end: RunEnd | null
      /** What ended its run, on the run's last message. */
      readonly error: FluoError | null
    })

type AssistantMessage = Extract<ChatMessage, { role: 'assistant' }>

const byTurn = new WeakMap<Turn, readonly ChatMessage[]>()
const questions = new WeakMap<TurnInput, ChatMessage>()
const answers = new WeakMap<Message, AssistantMessage>()

/** The messages of one turn. The same turn gives the same list, an untouched message the same object. */
export function messagesOfTurn(turn: Turn): readonly ChatMessage[] {
  const known = byTurn.get(turn)
  if (known !== undefined) return known
  const messages = [
    questionOf(turn),
    ...turn.runs.flatMap((run) => answersOf(run, run === turn.runs.at(-1))),
  ]
  byTurn.set(turn, messages)
  return messages
}

/** The messages of all turns, in order. */
export function messagesOfTurns(turns: readonly Turn[]): readonly ChatMessage[] {
  return turns.flatMap(messagesOfTurn)
}

/** How many messages a turn has, without making any. */
export function countMessages({ runs }: Turn): number {
  const isWaiting = runs.at(-1)?.messages.length === 0
  return runs.reduce((count, { messages }) => count + messages.length, isWaiting ? 2 : 1)
}

function questionOf({ id, input, sentAt }: Turn): ChatMessage {
  const known = questions.get(input)
  if (known?.id === id) return known
  const question: ChatMessage = { role: 'user', id, input, sentAt }
  questions.set(input, question)
  return question
}

/**
 * What a run answered. One without a message yet shows an empty one in its place, under the ID the first message
 * will have; an earlier attempt that came to nothing shows nothing.
 */
function answersOf(run: Run, isLatest: boolean): readonly ChatMessage[] {
  if (run.messages.length === 0) {
    if (!isLatest) return []
    return [
      {
        role: 'assistant',
        id: `${run.id}:0`,
        parts: [],
        isFinal: false,
        ...endOf(run, true, false),
      },
    ]
  }
  return run.messages.map((message, index) => {
    const isLast = index === run.messages.length - 1
    return answerOf(message, endOf(run, isLast, message.isFinal))
  })
}

type Ending = Pick<AssistantMessage, 'end' | 'error'>

/** Only the newest message shows how its run ended; those before it were whole when the next one began. */
function endOf(run: Run, isLast: boolean, isFinal: boolean): Ending {
  if (isLast && run.end !== null) return { end: run.end, error: run.error }
  return { end: isFinal || !isLast ? 'done' : null, error: null }
}

function answerOf(message: Message, { end, error }: Ending): AssistantMessage {
  const known = answers.get(message)
  if (known?.end === end && known.error === error) return known
  const answer: AssistantMessage = { ...message, role: 'assistant', end, error }
  answers.set(message, answer)
  return answer
}
