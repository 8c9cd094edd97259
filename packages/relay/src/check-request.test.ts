import { describe, expect, it } from 'vitest'
import { call, start } from './__fixtures__/test-relay.ts'
import { checkRequest } from './check-request.ts'

describe('checkRequest', () => {
  it.each([
    [{ origin: 'http://app.example' }],
    [{ origin: 'https://app.example' }],
    [{ 'sec-fetch-site': 'same-origin', origin: 'https://behind-a-proxy.example' }],
    [{ 'sec-fetch-site': 'none' }],
    [{ 'content-type': 'application/json; charset=utf-8' }],
    [{}],
  ])('lets %j through', (headers) => {
    expect(() => checkRequest(call(start(), headers))).not.toThrow()
  })

  it.each([
    [{ origin: 'https://evil.example' }],
    [{ origin: 'http://app.example:8080' }],
    [{ origin: 'http://app.example.evil.example' }],
    [{ origin: 'null' }],
    [{ origin: 'https://evil.example', 'x-forwarded-host': 'evil.example' }],
    [{ 'sec-fetch-site': 'cross-site' }],
    [{ 'sec-fetch-site': 'same-site', origin: 'http://app.example' }],
    [{ 'sec-fetch-site': '' }],
  ])('refuses %j', (headers) => {
    expect(() => checkRequest(call(start(), headers))).toThrow('HTTP 403')
  })

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp', ''])(
    'refuses the content type "%s"',
    (type) => {
      expect(() => checkRequest(call(start(), { 'content-type': type }))).toThrow('HTTP 415')
    },
  )

  it.each(['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS'])('refuses %s', (method) => {
    const request = new Request('http://app.example/api/fluo', { method })

    expect(() => checkRequest(request)).toThrow('HTTP 405')
  })
})
