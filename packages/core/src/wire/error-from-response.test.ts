import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { errorFromResponse } from './error-from-response.ts'

const now = Date.UTC(2026, 10, 6)

function errorOf(status: number, body: unknown = '', headers: Record<string, string> = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return errorFromResponse({ status, headers: new Headers(headers) }, text, { now })
}

describe('errorFromResponse', () => {
  it.each([
    [400, 'invalid'],
    [401, 'unauthorized'],
    [403, 'forbidden'],
    [404, 'forbidden'],
    [409, 'invalid'],
    [413, 'too-large'],
    [415, 'invalid'],
    [422, 'invalid'],
    [429, 'rate-limited'],
    [418, 'upstream'],
    [500, 'upstream'],
    [502, 'upstream'],
    [503, 'upstream'],
    [599, 'upstream'],
  ])('reads a %i as %s', (status, code) => {
    expect(errorOf(status)).toEqual({ code, status })
  })

  it('reads a 404 on a continued thread as thread-gone', () => {
    const response = { status: 404, headers: new Headers() }

    expect(errorFromResponse(response, '', { continuesThread: true }).code).toBe('thread-gone')
    expect(errorFromResponse(response, '', { continuesThread: false }).code).toBe('forbidden')
  })

  it('reads no other status of a continued thread as thread-gone', () => {
    const response = { status: 403, headers: new Headers() }

    expect(errorFromResponse(response, '', { continuesThread: true }).code).toBe('forbidden')
  })

  it.each([
    [{ detail: 'No such agent' }, 'No such agent'],
    [{ detail: [{ loc: ['body', 'query'], msg: 'Field required' }] }, 'body.query: Field required'],
    [
      { detail: [{ loc: ['body', 'images', 0], msg: 'bad URL' }, 'and more'] },
      'body.images.0: bad URL; and more',
    ],
    [{ detail: { message: 'Cap reached' } }, 'Cap reached'],
    [{ detail: { error: { message: 'Deep' } } }, 'Deep'],
    [{ detail: { used: 3, cap: 2 } }, '{"used":3,"cap":2}'],
    [{ error: 'Named error' }, 'Named error'],
    [{ message: 'Named message' }, 'Named message'],
    ['"Just a string"', 'Just a string'],
    [{ detail: 42 }, '42'],
  ])('puts the detail of %j into one text', (body, detail) => {
    expect(errorOf(422, body)).toEqual({ code: 'invalid', status: 422, detail })
  })

  it.each([
    '',
    '<!doctype html><h1>502 Bad Gateway</h1>',
    'Internal Server Error',
    '{"detail": "cut o',
    'null',
    '{}',
    '{"detail": null}',
    '{"detail": ""}',
    '{"detail": []}',
  ])('keeps no detail of %j', (body) => {
    expect(errorOf(500, body)).toEqual({ code: 'upstream', status: 500 })
  })

  it('keeps the type of a validation error', () => {
    expect(errorOf(422, { detail: 'No query', type: 'ValidationError' })).toEqual({
      code: 'invalid',
      status: 422,
      detail: 'No query',
      type: 'ValidationError',
    })
  })

  it.each([7, null, ['ValidationError'], {}, ''])('leaves out the type %j', (type) => {
    expect(errorOf(422, { detail: 'No', type })).not.toHaveProperty('type')
  })

  it('keeps at most 2,000 characters of a detail and 200 of a type and a request ID', () => {
    const body = { detail: 'd'.repeat(5000), type: 't'.repeat(5000) }

    const error = errorOf(500, body, { 'x-request-id': 'r'.repeat(5000) })

    expect(error.detail).toHaveLength(2000)
    expect(error.type).toHaveLength(200)
    expect(error.requestId).toHaveLength(200)
  })

  it('reads Retry-After in seconds and as a date', () => {
    const date = 'Fri, 06 Nov 2026 00:00:30 GMT'

    expect(errorOf(429, '', { 'retry-after': '5' }).retryAt).toBe(now + 5000)
    expect(errorOf(429, '', { 'retry-after': date }).retryAt).toBe(now + 30_000)
    expect(errorOf(429, '', { 'retry-after': 'soon' })).not.toHaveProperty('retryAt')
  })

  it('keeps the request ID', () => {
    expect(errorOf(500, '', { 'x-request-id': 'req_1' }).requestId).toBe('req_1')
  })

  it('reads a detail nested 50,000 deep without overflowing', () => {
    const deep = '{"a":'.repeat(50_000) + '1' + '}'.repeat(50_000)

    expect(errorOf(500, `{"detail":${deep}}`)).toMatchObject({ code: 'upstream', status: 500 })
  })

  it('reads a place that cannot be put into words as no place', () => {
    const loc = [{ toString: 1, valueOf: 1 }, ['nested'], 'query']

    expect(errorOf(422, { detail: [{ loc, msg: 'bad' }] }).detail).toBe('query: bad')
  })

  it('gives plain data for any body, without throwing', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 300, max: 599 }),
        fc.oneof(fc.string(), fc.json()),
        (status, body) => {
          const error = errorOf(status, body)

          expect(JSON.parse(JSON.stringify(error))).toEqual(error)
        },
      ),
    )
  })
})
