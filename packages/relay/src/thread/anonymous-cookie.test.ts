import { describe, expect, it } from 'vitest'
import { call, sealKey, start } from '../__fixtures__/test-relay.ts'
import { anonymousCookie } from './anonymous-cookie.ts'

const authorize = anonymousCookie({ key: sealKey })
const cookieOf = (headers: HeadersInit | undefined): string =>
  new Headers(headers).get('set-cookie') ?? ''
const pairOf = (cookie: string): string => cookie.split(';')[0] ?? ''

describe('anonymousCookie', () => {
  it('makes a user with a signed cookie, and knows it again', async () => {
    const first = await authorize(call(start()))
    const cookie = cookieOf(first.headers)

    const second = await authorize(call(start(), { cookie: `theme=dark; ${pairOf(cookie)}` }))

    expect(cookie).toMatch(
      /^fluokit=[\w-]{22}\.[\w-]{43}; Path=\/; Max-Age=31536000; HttpOnly; SameSite=Lax$/,
    )
    expect(second).toEqual({ userId: first.userId })
  })

  it('gives a forged, changed or otherwise signed cookie a new user (T05)', async () => {
    const first = await authorize(call(start()))
    const pair = pairOf(cookieOf(first.headers))
    const other = await anonymousCookie({ key: Uint8Array.from(sealKey).reverse() })(call(start()))
    const otherName = await anonymousCookie({ key: sealKey, name: 'else' })(call(start()))
    const forged = [
      `fluokit=${first.userId}`,
      `fluokit=${first.userId}.`,
      `fluokit=${'A'.repeat(22)}.${pair.split('.')[1]}`,
      `${pair}A`,
      pair.slice(0, -1) + (pair.endsWith('A') ? 'B' : 'A'),
      pairOf(cookieOf(other.headers)),
      pairOf(cookieOf(otherName.headers)).replace('else=', 'fluokit='),
    ]

    for (const cookie of forged) {
      const found = await authorize(call(start(), { cookie }))

      expect(found.userId).not.toBe(first.userId)
      expect(cookieOf(found.headers)).toContain(found.userId)
    }
  })

  it('finds its cookie behind a forged one of the same name', async () => {
    const first = await authorize(call(start()))
    const cookie = `fluokit=forged; ${pairOf(cookieOf(first.headers))}`

    expect(await authorize(call(start(), { cookie }))).toEqual({ userId: first.userId })
  })

  it('is Secure and bound to the host over https, and where it is told so', async () => {
    const request = new Request('https://app.example/', { method: 'POST' })
    const told = anonymousCookie({ key: sealKey, secure: true })

    expect(cookieOf((await authorize(request)).headers)).toMatch(/^__Host-fluokit=.*; Secure$/)
    expect(cookieOf((await told(call(start()))).headers)).toMatch(/^__Host-fluokit=.*; Secure$/)
  })

  it('refuses a short key, a weak one and a name that would break the header (T07)', () => {
    expect(() => anonymousCookie({ key: new Uint8Array(32) })).toThrow(/random/)
    expect(() => anonymousCookie({ key: Buffer.from('change-me '.repeat(4)) })).toThrow(/random/)
    expect(() => anonymousCookie({ key: new Uint8Array(31) })).toThrow(/32/)
    expect(() => anonymousCookie({ key: sealKey, name: 'a;b' })).toThrow(/name/)
  })
})
