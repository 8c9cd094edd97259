/**
 * A schema of any library that follows Standard Schema (https://standardschema.dev), which invites everybody to copy its
 * interface. This is what of it is read here; how a library answers is looked at, and not believed.
 */
export interface StandardSchema<Input = unknown, Output = Input> {
  readonly '~standard': {
    readonly version: 1
    readonly vendor: string
    readonly validate: (value: unknown) => unknown
    /** Never there: it carries the types. */
    readonly types?: { readonly input: Input; readonly output: Output } | undefined
  }
}

/** The data that a schema takes, before it makes anything of them. */
export type InputOfSchema<Schema extends StandardSchema> = NonNullable<
  Schema['~standard']['types']
>['input']
