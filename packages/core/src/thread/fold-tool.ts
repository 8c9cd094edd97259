import type { FluoEvent } from '../wire/fluo-event.ts'
import { nextPartId, openNewest, replaceMessage } from './message-of-run.ts'
import type { Message, Run, ToolCallPart } from './thread-state.ts'

type ToolEvent = Extract<FluoEvent, { type: 'tool_start' | 'tool_end' }>
/** Stands between an ID and how often it has come. */
const again = '~'

type Place = readonly [message: Message, index: number, call: ToolCallPart]

/**
 * A call starts. A start that comes twice or after its own end only fills in what is not known yet; one that says
 * something else than the ended call of that ID is a call of its own: some agents count from zero in each step.
 */
export function foldToolStart(run: Run, event: ToolEvent): Run {
  const known = findById(run, event.callId)
  if (known !== undefined && !isAnother(known[2], event)) {
    return replaceCall(run, known, complete(known[2], event))
  }
  return addCall(...openNewest(run), event, 'running')
}

/** A call ends: matched by its ID, then by name, then by order. An end without a start is a call that ended. */
export function foldToolEnd(run: Run, event: ToolEvent): Run {
  const status = event.error === undefined ? 'done' : 'failed'
  const place = findEnded(run, event)
  if (place !== undefined) {
    const call = place[2]
    if (call.status !== 'running') return run
    return replaceCall(run, place, { ...complete(call, event), ...outcome(event), status })
  }
  const last = run.messages.at(-1)
  return addCall(...(last === undefined ? openNewest(run) : ([run, last] as const)), event, status)
}

/** Whether any call of the run is still running. */
export function hasRunningCall(run: Run): boolean {
  return findCall(run, ({ status }) => status === 'running') !== undefined
}

/** The run with every running call closed as `unfinished`. */
export function closeCalls(run: Run): Run {
  let next = run
  for (;;) {
    const place = findCall(next, ({ status }) => status === 'running')
    if (place === undefined) return next
    next = replaceCall(next, place, { ...place[2], status: 'unfinished' })
  }
}

function findEnded(run: Run, { callId, name }: ToolEvent): Place | undefined {
  const byId = findById(run, callId)
  if (byId !== undefined) return byId
  // A call that was started under an ID of its own is never ended by another ID.
  const isOpen = (call: ToolCallPart): boolean =>
    call.status === 'running' && (callId === undefined || call.id.startsWith(`${run.id}:`))
  if (name === undefined) return findCall(run, isOpen)
  return findCall(run, (call) => isOpen(call) && (call.name === name || call.name === ''))
}

/** The call of that ID: the one that runs, else the newest. */
function findById(run: Run, callId: string | undefined): Place | undefined {
  if (callId === undefined) return undefined
  const isIt = ({ id }: ToolCallPart): boolean =>
    id === callId || id.startsWith(`${callId}${again}`)
  const running = findCall(run, (call) => isIt(call) && call.status === 'running')
  if (running !== undefined) return running
  let newest: Place | undefined
  for (const message of run.messages) {
    message.parts.forEach((part, index) => {
      if (part.type === 'tool-call' && isIt(part)) newest = [message, index, part]
    })
  }
  return newest
}

function isAnother(known: ToolCallPart, { name, ...event }: ToolEvent): boolean {
  if (known.status === 'running') return false
  const isRenamed = name !== undefined && known.name !== '' && name !== known.name
  const hasBoth = 'input' in event && 'input' in known
  return isRenamed || (hasBoth && JSON.stringify(event.input) !== JSON.stringify(known.input))
}

/** An ID that was used before, as the ID of a later call. */
function unusedId(run: Run, callId: string): string {
  let id = callId
  for (let count = 2; findCall(run, (call) => call.id === id) !== undefined; count += 1) {
    id = `${callId}${again}${count}`
  }
  return id
}

function findCall(run: Run, accept: (call: ToolCallPart) => boolean): Place | undefined {
  for (const message of run.messages) {
    const index = message.parts.findIndex((part) => part.type === 'tool-call' && accept(part))
    const call = message.parts[index]
    if (call?.type === 'tool-call') return [message, index, call]
  }
  return undefined
}

function replaceCall(run: Run, [message, index, before]: Place, call: ToolCallPart): Run {
  if (call === before) return run
  return replaceMessage(run, { ...message, parts: message.parts.with(index, call) })
}

function addCall(
  run: Run,
  message: Message,
  event: ToolEvent,
  status: ToolCallPart['status'],
): Run {
  const call: ToolCallPart = {
    type: 'tool-call',
    id: event.callId === undefined ? nextPartId(message) : unusedId(run, event.callId),
    name: event.name ?? '',
    status,
    ...('input' in event && { input: event.input }),
    ...(status !== 'running' && outcome(event)),
  }
  return replaceMessage(run, { ...message, parts: [...message.parts, call] })
}

function outcome(event: ToolEvent): Pick<ToolCallPart, 'output' | 'error'> {
  return {
    ...('output' in event && { output: event.output }),
    ...(event.error !== undefined && { error: event.error }),
  }
}

function complete(call: ToolCallPart, event: ToolEvent): ToolCallPart {
  const name = call.name === '' ? (event.name ?? '') : call.name
  const hasNewInput = !('input' in call) && 'input' in event
  if (name === call.name && !hasNewInput) return call
  return { ...call, name, ...(hasNewInput && { input: event.input }) }
}
