import type { StandardSchema } from './standard-schema.ts'
import type { Tools } from './tools.ts'

/**
 * Tells the types of the kit which tools there are, once in an application:
 * `declare module '@fluokit/core' { interface Register { tools: typeof tools } }`.
 */
// oxlint-disable-next-line typescript/no-empty-object-type -- an application merges its tools into it
export interface Register {}

/** What goes into a tool and what comes out. A side without a schema is `unknown`, and never found wrong. */
export interface ToolSchema {
  readonly input?: StandardSchema
  readonly output?: StandardSchema
}

/** The schemas of tools by the names under which the agent calls them. */
export type ToolSchemas = Readonly<Record<string, ToolSchema>>

/** The schemas that were registered; never where none were. */
export type RegisteredSchemas = Register extends {
  readonly tools: { readonly schemas: infer Schemas extends ToolSchemas }
}
  ? Schemas
  : never

/** The tools that a client takes: those that were registered, any where none were. */
export type RegisteredTools = Register extends { readonly tools: infer Registered extends Tools }
  ? Registered
  : Tools

/** The name of a tool: one of those that were registered, any text where none were. */
export type ToolName = [RegisteredSchemas] extends [never]
  ? string
  : keyof RegisteredSchemas & string
