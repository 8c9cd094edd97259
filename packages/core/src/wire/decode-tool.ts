import type { FluoEvent } from './fluo-event.ts'
import { describe } from './error-from-response.ts'
import { names } from './payload-names.ts'
import { asName, isPayload, pick, unwrapJson, withNested, type Payload } from './payload.ts'

type ToolEvent = Extract<FluoEvent, { type: 'tool_start' | 'tool_end' }>

/** The start of a call. Plain text is the tool's name. */
export function toolStart(payload: Payload): ToolEvent {
  return { type: 'tool_start', ...toolFacts(payload, ['text'], []) }
}

/** The end of a call. Plain text is its output. */
export function toolEnd(payload: Payload): ToolEvent {
  return { type: 'tool_end', ...toolFacts(payload, [], ['text']) }
}

/** What a payload says of a tool call, on top or up to three objects deep. */
function toolFacts(
  payload: Payload,
  moreNames: readonly string[],
  moreOutputs: readonly string[],
): Omit<ToolEvent, 'type'> {
  const once = inside(payload)
  const twice = once.flatMap(inside)
  const places = [payload, ...once, ...twice, ...twice.flatMap(inside)]
  const first = <T>(read: (place: Payload) => T | undefined): T | undefined => {
    for (const place of places) {
      const found = read(place)
      if (found !== undefined) return found
    }
    return undefined
  }
  const callId =
    first((place) => pick(place, names.callId, asName)) ??
    innermostId(payload, 2) ??
    first((place) => pick(place, ['id'], asName))
  const name = first((place) => pick(place, [...names.toolName, ...moreNames], asName))
  const input = first((place) => pick(place, names.input, defined))
  const findOutput = (accept: (value: unknown) => boolean): unknown =>
    first((place) =>
      pick(place, [...names.output, ...moreOutputs], (value) =>
        accept(value) && !(isPayload(value) && isToolResult(value)) ? defined(value) : undefined,
      ),
    )
  const output = findOutput((value) => value !== '') ?? findOutput(() => true)
  const error =
    first(failureOf) ?? (places.some(isFailed) ? describe(output) || 'failed' : undefined)
  return {
    ...(callId !== undefined && { callId }),
    ...(name !== undefined && { name }),
    ...(input !== undefined && { input: unwrapJson(input) }),
    ...(output !== undefined && { output: unwrapJson(output) }),
    ...(error !== undefined && { error }),
  }
}

/** A plain `id` is the call's where it stands nearest to it: further out it may name the event. */
function innermostId(payload: Payload, depth: number): string | undefined {
  if (depth === 0) return undefined
  for (const place of withNested(payload, names.callContainers).slice(1)) {
    const id = innermostId(place, depth - 1) ?? pick(place, ['id'], asName)
    if (id !== undefined) return id
  }
  return undefined
}

function inside(place: Payload): readonly Payload[] {
  const { result } = place
  const nested = withNested(place, names.toolContainers).slice(1)
  return isPayload(result) && isToolResult(result) ? [...nested, result] : nested
}

/** `result` is a container when it names its call, and the output itself otherwise. */
function isToolResult(value: Payload): boolean {
  return [...names.callId, ...names.resultMarks].some((name) => Object.hasOwn(value, name))
}

function failureOf(place: Payload): string | undefined {
  return pick(place, names.failure, (value) =>
    value === false || value === null ? undefined : describe(value) || undefined,
  )
}

function isFailed(place: Payload): boolean {
  const isSaid = names.failed.some((name) => place[name] === true)
  return isSaid || names.failedStatus.some((status) => place['status'] === status)
}

function defined(value: unknown): unknown {
  return value === null ? undefined : value
}
