import type { BodyProblem } from '../check-body.ts'

/** What is wrong with the body of a call for a signed URL by the specification; an empty list when nothing is. */
export function checkUpload(body: unknown): readonly BodyProblem[] {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    return [{ type: 'dict_type', loc: ['body'], msg: 'Input should be a JSON object' }]
  }
  const fields = body as Readonly<Record<string, unknown>>
  const texts = ['filename', 'contentType'].flatMap((name) => checkText(name, fields[name]))
  const { purpose } = fields
  if (purpose === 'chat') return texts
  const loc = ['body', 'purpose']
  if (purpose === undefined) return [...texts, { type: 'missing', loc, msg: 'Field required' }]
  return [...texts, { type: 'literal_error', loc, msg: "Input should be 'chat'" }]
}

function checkText(name: string, value: unknown): readonly BodyProblem[] {
  const loc = ['body', name]
  if (value === undefined) return [{ type: 'missing', loc, msg: 'Field required' }]
  if (typeof value !== 'string') {
    return [{ type: 'string_type', loc, msg: 'Input should be a valid string' }]
  }
  if (value !== '') return []
  return [{ type: 'string_too_short', loc, msg: 'String should have at least 1 character' }]
}
