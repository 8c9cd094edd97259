import type { Message, Part, Run, ToolCallPart, Turn } from '../thread/thread-state.ts'
import { uncheckedCall } from '../thread/unchecked-call.ts'
import { doesFit } from './does-fit.ts'
import type { ToolSchemas } from './register.ts'
import type { Tools } from './tools.ts'

/**
 * The tools of an agent with schemas of any Standard Schema library, for `createFluoClient({ tools })` and for `Register`. A
 * schema checks and converts nothing: `input` and `output` stay as the tool sent them, and have the type of what the schema takes.
 */
export function defineTools<const Schemas extends ToolSchemas>(schemas: Schemas): Tools<Schemas> {
  /** Whatever was checked, so that it is not checked again before it changes. */
  const seen = new WeakSet<object>()

  function once<T extends object>(item: T, check: (item: T) => T): T {
    if (seen.has(item)) return item
    const checked = check(item)
    seen.add(checked)
    return checked
  }

  function checkRun(run: Run): Run {
    return once(run, () => {
      const messages = mapKept(run.messages, checkMessage)
      return messages === run.messages ? run : { ...run, messages }
    })
  }

  function checkMessage(message: Message): Message {
    return once(message, () => {
      const parts = mapKept<Part>(message.parts, (part) =>
        part.type === 'tool-call' ? once(part, (call) => checkCall(schemas, call)) : part,
      )
      return parts === message.parts ? message : { ...message, parts }
    })
  }

  function checkTurn(turn: Turn): Turn {
    return once(turn, () => {
      const runs = mapKept(turn.runs, checkRun)
      return runs === turn.runs ? turn : { ...turn, runs }
    })
  }

  return { schemas, checkRun, checkTurns: (turns) => mapKept(turns, checkTurn) }
}

/** The call as its tool's schemas find it. Only a call that is over can be `invalid`: all that it will ever be is here. */
function checkCall(schemas: ToolSchemas, call: ToolCallPart): ToolCallPart {
  const raw = uncheckedCall(call)
  const schema = Object.hasOwn(schemas, raw.name) ? schemas[raw.name] : undefined
  if (schema === undefined) return raw
  const isDone = raw.status === 'done'
  const input = doesFit(schema.input, raw.input, raw.name)
  const output = isDone ? doesFit(schema.output, raw.output, raw.name) : true
  const isTyped = input === true && output === true
  const status = isDone && (input === false || output === false) ? 'invalid' : raw.status
  if (call.isTyped === isTyped && call.status === status) return call
  // Which names are registered, and as what, only the application's own program knows.
  return { ...raw, status, isTyped } as ToolCallPart
}

/** The list with each item replaced; the same list where none was. */
function mapKept<T>(list: readonly T[], change: (item: T) => T): readonly T[] {
  const next = list.map(change)
  return next.every((item, index) => item === list[index]) ? list : next
}
