import { describe, expect, it } from 'vitest'
import { call, start } from '../__fixtures__/test-relay.ts'
import { checkRequest } from './check-request.ts'
import { Refusal } from '../answer/refusal.ts'

const app = 'https://app.example'
const evil = 'https://evil.example'
const listed = ['https://www.partner.example', 'http://localhost:5173']

/** The status of what comes with these headers to http://app.example, 200 for what is let through. */
function statusOf(headers: Record<string, string>, origins: readonly string[] = listed): number {
  return statusOfRequest(call(start(), headers), false, origins)
}

function statusOfRequest(
  request: Request,
  takesBytes: boolean,
  origins: readonly string[] = listed,
): number {
  try {
    checkRequest(request, origins, takesBytes)
    return 200
  } catch (thrown) {
    return thrown instanceof Refusal ? thrown.status : 0
  }
}

type Case = readonly [origin: string | null, site: string | null, status: number]

describe('checkRequest', () => {
  it.each<Case>([
    // Sec-Fetch-Site, where there is one, whatever Host a proxy has made of it.
    [app, 'same-origin', 200],
    ['https://behind-a-proxy.example', 'same-origin', 200],
    [null, 'same-origin', 200],
    [null, 'none', 200],
    [app, 'same-site', 403],
    ['https://other.app.example', 'same-site', 403],
    [app, 'cross-site', 403],
    [evil, 'cross-site', 403],
    [null, 'cross-site', 403],
    [null, 'same-site', 403],
    [null, '', 403],
    [evil, 'Same-Origin', 403],
    [app, 'same-origin, cross-site', 403],
    // Without it, the host of Origin against the request's own; TLS may end in front of us.
    [null, null, 200],
    ['http://app.example', null, 200],
    ['https://app.example', null, 200],
    ['http://app.example:8080', null, 403],
    ['https://app.example:8443', null, 403],
    [evil, null, 403],
    ['http://app.example.evil.example', null, 403],
    ['http://evil.example/app.example', null, 403],
    ['https://evil.example?app.example', null, 403],
    ['app.example', null, 403],
    ['', null, 403],
    ['https://app.example, https://evil.example', null, 403],
    // Listed origins, from whatever site, and nothing that only looks like one.
    ['https://www.partner.example', null, 200],
    ['https://www.partner.example', 'cross-site', 200],
    ['https://www.partner.example', 'same-site', 200],
    ['http://localhost:5173', 'cross-site', 200],
    ['http://www.partner.example', 'cross-site', 403],
    ['http://www.partner.example', null, 403],
    ['https://www.partner.example:444', 'cross-site', 403],
    ['https://www.partner.example/', null, 403],
    ['https://partner.example', 'cross-site', 403],
    ['https://evil.www.partner.example', 'cross-site', 403],
    ['https://www.partner.example.evil.example', 'cross-site', 403],
    ['http://localhost', 'cross-site', 403],
    ['http://localhost:51730', 'cross-site', 403],
    // Sandboxed frames, files and redirected requests are nobody.
    ['null', null, 403],
    ['null', 'none', 403],
    ['null', 'same-origin', 403],
    ['null', 'cross-site', 403],
  ])('takes Origin %j with Sec-Fetch-Site %j as %i (T13)', (origin, site, status) => {
    const headers = {
      ...(origin !== null && { origin }),
      ...(site !== null && { 'sec-fetch-site': site }),
    }

    expect(statusOf(headers)).toBe(status)
    // What a browser's page cannot set says nothing either.
    const forwarded = { 'x-forwarded-host': 'evil.example', referer: 'http://app.example/' }
    expect(statusOf({ ...headers, ...forwarded })).toBe(status)
  })

  it('lets the own public origin through behind a proxy that rewrites Host, once it is listed', () => {
    const request = (): Request => {
      const { headers } = call(start(), { origin: 'https://chat.example' })
      return new Request('http://10.0.0.7:3000/api/fluo', { method: 'POST', headers })
    }

    expect(() => checkRequest(request(), [])).toThrow('HTTP 403')
    expect(() => checkRequest(request(), ['https://chat.example'])).not.toThrow()
  })

  it.each([
    ['application/json', 200],
    ['application/json; charset=utf-8', 200],
    ['Application/JSON', 200],
    ['text/plain', 415],
    ['text/plain; application/json', 415],
    ['application/x-www-form-urlencoded', 415],
    ['multipart/form-data; boundary=application/json', 415],
    ['application/jsonp', 415],
    ['application/json, text/plain', 415],
    ['', 415],
  ])('takes the content type "%s" as %i, whoever sends it (T13)', (type, status) => {
    expect(statusOf({ 'content-type': type })).toBe(status)
    expect(statusOf({ 'content-type': type, origin: 'http://localhost:5173' })).toBe(status)
  })

  it.each(['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])(
    'refuses %s, so that no link and no image has an effect (T13)',
    (method) => {
      const request = new Request('http://app.example/api/fluo', { method })

      expect(() => checkRequest(request, listed)).toThrow('HTTP 405')
    },
  )

  it.each([
    ['application/octet-stream', {}, 200],
    ['application/octet-stream', { origin: 'https://evil.example' }, 403],
    ['application/octet-stream', { 'sec-fetch-site': 'cross-site' }, 403],
    ['application/json', {}, 415],
    ['text/plain', {}, 415],
    ['', {}, 415],
  ])(
    'takes a PUT of "%s" with %j as %i, where bytes come to the relay (T13)',
    (type, more, status) => {
      const headers = { 'content-type': type, ...more }
      const request = new Request('http://app.example/', { method: 'PUT', headers })

      expect(statusOfRequest(request, true)).toBe(status)
      expect(() => checkRequest(request, listed)).toThrow('HTTP 405')
    },
  )
})
