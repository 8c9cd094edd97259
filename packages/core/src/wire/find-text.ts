import { isPayload, pick, withNested, type Payload } from './payload.ts'

/**
 * The text a payload carries under one of `textNames`: as a string, in a list of content blocks, or nested in one of
 * `containers` (once as a rule; twice, as in `{data: {delta: {content}}}`, when nothing else is found).
 */
export function findText(
  payload: Payload,
  textNames: readonly string[],
  containers: readonly string[],
): string | undefined {
  for (const place of withNested(payload, containers)) {
    const text = pick(place, textNames, (value) => readText(value, textNames, 2))
    if (text !== undefined) return text
  }
  for (const place of withNested(payload, containers).slice(1)) {
    for (const inner of withNested(place, containers).slice(1)) {
      const text = pick(inner, textNames, (value) => readText(value, textNames, 1))
      if (text !== undefined) return text
    }
  }
  return undefined
}

function readText(value: unknown, textNames: readonly string[], depth: number): string | undefined {
  if (typeof value === 'string') return value
  if (depth === 0) return undefined
  if (Array.isArray(value)) return readBlocks(value, textNames)
  return isPayload(value)
    ? pick(value, textNames, (inner) => readText(inner, textNames, depth - 1))
    : undefined
}

/** A list of content blocks: strings and `{type: "text", text}`; blocks of other kinds carry no text of the answer. */
function readBlocks(blocks: readonly unknown[], textNames: readonly string[]): string | undefined {
  const texts = blocks.map((block) => {
    if (typeof block === 'string') return block
    if (!isPayload(block)) return undefined
    const kind = block['type'] ?? block['part_kind']
    if (typeof kind === 'string' && !/text|thinking|reasoning|summary/.test(kind)) return undefined
    return pick(block, textNames, (inner) => readText(inner, textNames, 1))
  })
  const found = texts.filter((text) => text !== undefined)
  return found.length > 0 ? found.join('') : undefined
}
