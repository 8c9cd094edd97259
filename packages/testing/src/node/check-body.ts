/** One entry of a validation error, as FastAPI writes it. */
export interface BodyProblem {
  readonly type: string
  readonly loc: readonly string[]
  readonly msg: string
}

const isText = (value: unknown): boolean => typeof value === 'string'
const isTexts = (value: unknown): boolean => Array.isArray(value) && value.every(isText)
const isFilled = (value: unknown): boolean => Array.isArray(value) && value.length > 0
const isObject = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const optional: readonly (readonly [string, (value: unknown) => boolean, string])[] = [
  ['images', isTexts, 'Input should be a list of strings'],
  ['documents', isTexts, 'Input should be a list of strings'],
  ['audios', isTexts, 'Input should be a list of strings'],
  ['contexts', isTexts, 'Input should be a list of strings'],
  ['metadata', isObject, 'Input should be an object'],
]

/** What is wrong with the body of a run by the specification; an empty list when nothing is. */
export function checkBody(body: unknown): readonly BodyProblem[] {
  if (!isObject(body)) {
    return [{ type: 'dict_type', loc: ['body'], msg: 'Input should be a JSON object' }]
  }
  const fields = body as Readonly<Record<string, unknown>>
  const problems = optional
    .filter(([name, isRight]) => Object.hasOwn(fields, name) && !isRight(fields[name]))
    .map(([name, , msg]) => ({ type: 'type_error', loc: ['body', name], msg }))
  return [...checkQuery(fields), ...problems]
}

/** A file may stand for a question. The specification does not say so, nor that it may not. */
function checkQuery(fields: Readonly<Record<string, unknown>>): readonly BodyProblem[] {
  const { query } = fields
  const loc = ['body', 'query']
  if (query === undefined) return [{ type: 'missing', loc, msg: 'Field required' }]
  if (!isText(query)) return [{ type: 'string_type', loc, msg: 'Input should be a string' }]
  const hasFile = ['documents', 'images', 'audios'].some((name) => isFilled(fields[name]))
  if (query !== '' || hasFile) return []
  return [{ type: 'string_too_short', loc, msg: 'String should have at least 1 character' }]
}
