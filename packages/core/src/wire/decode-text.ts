import { names } from './payload-names.ts'
import { isPayload, pick, withNested, type Payload } from './payload.ts'

/**
 * The text a payload carries under one of `textNames`: as a string, in a list of content blocks, or nested in a
 * container (once as a rule; twice, as in `{data: {delta: {content}}}`, when nothing else is found). Empty text counts
 * only where there is no other; a number or a flag only under the plainest names.
 */
export function findText(payload: Payload, textNames: readonly string[]): string | undefined {
  const once = withNested(payload, names.textContainers)
  const twice = once.slice(1).flatMap((place) => withNested(place, names.textContainers).slice(1))
  const search = (accept: (text: string) => boolean): string | undefined => {
    const read =
      (depth: number) =>
      (place: Payload): string | undefined =>
        pick(place, textNames, (value) => {
          const text = readText(value, textNames, depth)
          return text !== undefined && accept(text) ? text : undefined
        })
    return firstOf(once, read(2)) ?? firstOf(twice, read(1))
  }
  const plain = (place: Payload): string | undefined => pick(place, names.plainText, asScalar)
  return search((text) => text !== '') ?? firstOf(once, plain) ?? search(() => true)
}

function firstOf(
  places: readonly Payload[],
  read: (place: Payload) => string | undefined,
): string | undefined {
  for (const place of places) {
    const found = read(place)
    if (found !== undefined) return found
  }
  return undefined
}

function asScalar(value: unknown): string | undefined {
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined
}

function readText(value: unknown, textNames: readonly string[], depth: number): string | undefined {
  if (typeof value === 'string') return value
  if (depth === 0) return undefined
  if (Array.isArray(value)) return readBlocks(value, textNames)
  return isPayload(value)
    ? pick(value, textNames, (inner) => readText(inner, textNames, depth - 1))
    : undefined
}

/** A list of content blocks: strings and `{type: "text", text}`. A thought among them is text for a thinking part only. */
function readBlocks(blocks: readonly unknown[], textNames: readonly string[]): string | undefined {
  const texts = blocks.map((block) => {
    if (typeof block === 'string') return block
    if (!isPayload(block)) return undefined
    const kind = pick(block, names.blockKind, (value) => value)
    const wanted = textNames.includes('thinking') ? /text|thinking|reasoning|summary/ : /text/
    if (typeof kind === 'string' && !wanted.test(kind)) return undefined
    return pick(block, textNames, (inner) => readText(inner, textNames, 1))
  })
  const found = texts.filter((text) => text !== undefined)
  return found.length > 0 ? found.join('') : undefined
}
