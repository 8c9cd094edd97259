import { describe, expect, it } from 'vitest'
import { urlLifetime } from './url-lifetime.ts'

const now = Date.UTC(2026, 10, 1)
const minute = 60_000
const inTwoMinutes = Math.floor((now + 2 * minute) / 1000)

describe('urlLifetime', () => {
  it.each([
    ['?X-Amz-Expires=900&X-Amz-Signature=s', 15 * minute],
    ['?x-goog-expires=60#top', minute],
    [`?Expires=${inTwoMinutes}&Signature=s`, 2 * minute],
    ['?se=2026-11-01T00%3A02%3A00Z&sig=s', 2 * minute],
    ['', 5 * minute],
    ['?X-Amz-Expires=soon', 5 * minute],
    ['?se=later', 5 * minute],
    ['?Expires=1', 0],
    ['?X-Amz-Expires=999999999999', 7 * 24 * 60 * minute],
    ['?X-Amz-Expires=-5', 0],
  ])('reads %j', (query, milliseconds) => {
    expect(urlLifetime(`https://store.example/a.pdf${query}`, now)).toBe(milliseconds)
  })
})
