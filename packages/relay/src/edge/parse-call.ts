import type { FileRef, TurnInput } from '@fluokit/core/wire'
import { Refusal } from '../answer/refusal.ts'
import type { RelayLimits } from '../options/relay-limits.ts'

/** What a browser asks of the relay. */
export type RelayCall =
  | {
      readonly op: 'start'
      readonly runId: string
      readonly agentId: string
      readonly threadRef: string | null
      readonly input: TurnInput
    }
  | {
      readonly op: 'resume'
      readonly runId: string
      readonly agentId: string
      /** The cursor of the last event that was taken; 0 before the first. */
      readonly after: number
    }
  | { readonly op: 'stop'; readonly runId: string; readonly agentId: string }
  | {
      readonly op: 'upload'
      readonly name: string
      readonly mediaType: string
      /** In bytes, at least one. */
      readonly size: number
    }
  | { readonly op: 'view'; readonly ref: string }

type Json = Readonly<Record<string, unknown>>

/** Reads a call field by field. Anything that is not known, or not of its type, is refused with 422. */
export function parseCall(value: unknown, limits: RelayLimits): RelayCall {
  const call = objectOf(value, 'the body')
  switch (call['op']) {
    case 'start': {
      onlyKeys(call, ['op', 'runId', 'agentId', 'threadRef', 'input'])
      const threadRef = call['threadRef'] ?? null
      if (threadRef !== null && typeof threadRef !== 'string') throw wrong('threadRef')
      return { op: 'start', ...runOf(call), threadRef, input: parseInput(call['input'], limits) }
    }
    case 'resume':
      onlyKeys(call, ['op', 'runId', 'agentId', 'after'])
      return { op: 'resume', ...runOf(call), after: cursorOf(call['after'] ?? null) }
    case 'stop':
      onlyKeys(call, ['op', 'runId', 'agentId'])
      return { op: 'stop', ...runOf(call) }
    case 'upload':
      onlyKeys(call, ['op', 'name', 'mediaType', 'size'])
      return { op: 'upload', ...uploadOf(call) }
    case 'view': {
      onlyKeys(call, ['op', 'ref'])
      const { ref } = call
      if (typeof ref !== 'string') throw wrong('ref')
      return { op: 'view', ref }
    }
    default:
      throw wrong('op')
  }
}

function runOf(call: Json): { readonly runId: string; readonly agentId: string } {
  const { runId, agentId } = call
  if (typeof runId !== 'string' || !/^[\w.:-]{1,128}$/.test(runId)) throw wrong('runId')
  if (typeof agentId !== 'string' || agentId === '') throw wrong('agentId')
  return { runId, agentId }
}

function uploadOf(call: Json): Omit<Extract<RelayCall, { op: 'upload' }>, 'op'> {
  const { name, mediaType, size } = call
  if (typeof name !== 'string') throw wrong('name')
  if (typeof mediaType !== 'string' || !isMediaType(mediaType)) throw wrong('mediaType')
  if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 1) throw wrong('size')
  return { name, mediaType, size }
}

/** A type and its subtype in lower case, without parameters. */
function isMediaType(text: string): boolean {
  return /^[a-z\d][a-z\d!#$&^_.+-]{0,126}\/[a-z\d][a-z\d!#$&^_.+-]{0,126}$/.test(text)
}

function cursorOf(value: unknown): number {
  if (value === null) return 0
  if (typeof value !== 'string' || !/^[1-9]\d{0,9}$/.test(value)) throw wrong('after')
  return Number(value)
}

function parseInput(value: unknown, limits: RelayLimits): TurnInput {
  const input = objectOf(value, 'input')
  onlyKeys(input, ['query', 'documents', 'images', 'audios', 'contexts', 'metadata'])
  const { query, metadata } = input
  if (typeof query !== 'string') throw wrong('query')
  const documents = listOf(input, 'documents', fileOf)
  const images = listOf(input, 'images', fileOf)
  const audios = listOf(input, 'audios', fileOf)
  const contexts = listOf(input, 'contexts', textOf)
  const items = [documents, images, audios, contexts].reduce(
    (count, list) => count + (list?.length ?? 0),
    0,
  )
  if (items > limits.inputItems)
    throw new Refusal(413, 'too-large', { detail: 'The turn is over limits.inputItems.' })
  if (metadata !== undefined && isDeeper(objectOf(metadata, 'metadata'), limits.metadataDepth)) {
    throw new Refusal(422, 'invalid', { detail: 'The metadata is over limits.metadataDepth.' })
  }
  return {
    query,
    ...(documents && { documents }),
    ...(images && { images }),
    ...(audios && { audios }),
    ...(contexts && { contexts }),
    ...(metadata !== undefined && { metadata: objectOf(metadata, 'metadata') }),
  }
}

function fileOf(value: unknown): FileRef | null {
  if (typeof value === 'string') return value
  if (!isObject(value)) return null
  onlyKeys(value, ['name', 'mediaType', 'size', 'ref'])
  const { name, mediaType, size, ref } = value
  const isFile =
    typeof name === 'string' &&
    typeof mediaType === 'string' &&
    typeof size === 'number' &&
    typeof ref === 'string'
  return isFile ? { name, mediaType, size, ref } : null
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

function listOf<T>(
  input: Json,
  name: string,
  read: (value: unknown) => T | null,
): readonly T[] | undefined {
  const list = input[name]
  if (list === undefined) return undefined
  if (!Array.isArray(list)) throw wrong(name)
  return list.map((value: unknown) => {
    const item = read(value)
    if (item === null) throw wrong(name)
    return item
  })
}

function isDeeper(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  return depth === 0 || Object.values(value).some((inner) => isDeeper(inner, depth - 1))
}

function onlyKeys(value: Json, known: readonly string[]): void {
  if (Object.keys(value).every((key) => known.includes(key))) return
  throw new Refusal(422, 'invalid', { detail: `Only ${known.join(', ')} are known here.` })
}

function objectOf(value: unknown, name: string): Json {
  if (!isObject(value)) throw wrong(name)
  return value
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function wrong(name: string): Refusal {
  return new Refusal(422, 'invalid', { detail: `"${name}" is missing or not what it should be.` })
}
