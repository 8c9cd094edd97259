import type { RegisteredSchemas, ToolName } from '../tools/register.ts'
import type { InputOfSchema, StandardSchema } from '../tools/standard-schema.ts'

interface ToolCallFacts {
  readonly type: 'tool-call'
  readonly id: string
  readonly startedAt?: number
  readonly endedAt?: number
  readonly error?: string
}

/**
 * A call of a tool. `unfinished`: the run ended before the tool did. `invalid`: it is done, and what went in or came out does not
 * fit the schemas of its tool. `endedAt` is when its end was read. One whose `isTyped` is true has fitting data, and `name` tells
 * which: with nothing registered there is none.
 */
export type ToolCallPart = [RegisteredSchemas] extends [never]
  ? UntypedToolCall
  : UntypedToolCall | TypedToolCall

/**
 * A call whose data have no types. `isTyped` is false where a schema was asked; where nothing is registered, it is all that says
 * what the schemas found.
 */
export interface UntypedToolCall extends ToolCallFacts {
  readonly name: string
  readonly status: 'running' | 'done' | 'failed' | 'unfinished' | 'invalid'
  readonly isTyped?: [RegisteredSchemas] extends [never] ? boolean : false
  readonly input?: unknown
  readonly output?: unknown
}

/** A call of a registered tool whose data fit its schemas. Its output is typed once `status` is `done`. */
export type TypedToolCall<Name extends ToolName = ToolName> = Name extends ToolName
  ? OpenTypedCall<Name> | DoneTypedCall<Name>
  : never

interface TypedCallFacts<Name extends ToolName> extends ToolCallFacts {
  readonly name: Name
  readonly isTyped: true
  readonly input: DataOf<Name, 'input'>
}

/** A typed call that has no result: it runs, failed or never ended. */
export interface OpenTypedCall<Name extends ToolName> extends TypedCallFacts<Name> {
  readonly status: 'running' | 'failed' | 'unfinished'
  readonly output?: unknown
}

/** A typed call that has its result. */
export interface DoneTypedCall<Name extends ToolName> extends TypedCallFacts<Name> {
  readonly status: 'done'
  readonly output: DataOf<Name, 'output'>
}

/** What a schema takes; unknown where the tool has none on that side. */
type DataOf<Name extends string, Side extends 'input' | 'output'> = RegisteredSchemas[Name &
  keyof RegisteredSchemas] extends {
  readonly [Key in Side]: infer Schema extends StandardSchema
}
  ? InputOfSchema<Schema>
  : unknown
