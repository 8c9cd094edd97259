import type { TurnInput } from '../wire/run-request.ts'

/** Whether there is nothing to ask: no file, and no text but white space. Total: plain JavaScript passes whatever it has at hand. */
export function isEmptyInput(input: TurnInput): boolean {
  if (typeof input !== 'object' || input === null || typeof input.query !== 'string') return true
  const { query, documents, images, audios } = input
  const hasFile = [documents, images, audios].some((list) => list !== undefined && list.length > 0)
  return !hasFile && !/\S/.test(query)
}
