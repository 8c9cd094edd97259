import type { StandardSchema } from '../standard-schema.ts'

/** A schema that takes what `accept` takes, and counts how often it was asked. */
export interface CountedSchema extends StandardSchema {
  readonly asked: readonly unknown[]
}

export function countedSchema(accept: (value: unknown) => boolean): CountedSchema {
  const asked: unknown[] = []
  return {
    asked,
    '~standard': {
      version: 1,
      vendor: 'test',
      validate(value) {
        asked.push(value)
        return accept(value) ? { value } : { issues: [{ message: 'no' }] }
      },
    },
  }
}
