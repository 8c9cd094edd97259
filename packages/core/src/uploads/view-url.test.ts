import { describe, expect, it } from 'vitest'
import { ViewUrl } from './view-url.ts'

describe('ViewUrl', () => {
  it('is carried along by nothing that is made of it', () => {
    const view = new ViewUrl('https://store.example/a?sig=secret', 5)

    expect(view.reveal()).toContain('secret')
    expect(JSON.stringify({ view })).toBe('{"view":{"expiresAt":5}}')
    expect(structuredClone({ view })).toEqual({ view: { expiresAt: 5 } })
    expect(JSON.stringify([...Object.entries(view), Object.keys(view)])).not.toContain('secret')
  })
})
