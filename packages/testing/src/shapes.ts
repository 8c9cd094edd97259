import type { EncodeShape } from './shapes/encode-shape.ts'
import { encodeFlat } from './shapes/flat.ts'
import { encodeNested } from './shapes/nested.ts'
import { encodeOpenai } from './shapes/openai.ts'
import { encodePlain } from './shapes/plain.ts'
import { encodePydantic } from './shapes/pydantic.ts'
import { encodeTyped } from './shapes/typed.ts'

/** The families of payloads the kit can play. Fluo documents none: each is a guess that differs from the others. */
export type ShapeName = 'flat' | 'typed' | 'nested' | 'plain' | 'pydantic' | 'openai'

/**
 * One encoder for each family of payloads. IDs that an event itself carries win over those of the run.
 * No shape can say `mode: 'replace'`.
 */
export const shapes: Readonly<Record<ShapeName, EncodeShape>> = {
  flat: withOwnIds(encodeFlat),
  typed: withOwnIds(encodeTyped),
  nested: withOwnIds(encodeNested),
  plain: withOwnIds(encodePlain),
  pydantic: withOwnIds(encodePydantic),
  openai: withOwnIds(encodeOpenai),
}

/** The encoder of a named family; an encoder is taken as it is. */
export function shapeOf(shape: ShapeName | EncodeShape): EncodeShape {
  return typeof shape === 'function' ? shape : shapes[shape]
}

function withOwnIds(encode: EncodeShape): EncodeShape {
  return (event, ids) => {
    const threadId = 'threadRef' in event ? event.threadRef : undefined
    const messageId = 'messageId' in event ? event.messageId : undefined
    return encode(event, {
      ...ids,
      ...(threadId !== undefined && { threadId }),
      ...(messageId !== undefined && { messageId }),
    })
  }
}
