import { describe, expect, it } from 'vitest'
import { readOptions } from './options.ts'

describe('readOptions', () => {
  it('measures everything five times unless told otherwise', () => {
    const { scenarios, peers, runs } = readOptions([])
    expect([...scenarios].sort().join('')).toBe('ABCDEFP')
    expect(peers).toContain('fluokit')
    expect(runs).toBe(5)
  })

  it('takes some scenarios and peers', () => {
    const options = readOptions(['--only=c,A', '--peers=ai-sdk,fluokit', '--runs=2'])
    expect(options.scenarios).toEqual(['A', 'C'])
    expect(options.peers).toEqual(['fluokit', 'ai-sdk'])
    expect(options.runs).toBe(2)
  })

  it('says what it does not know', () => {
    expect(() => readOptions(['--only=Z'])).toThrow('--only does not know Z')
    expect(() => readOptions(['--peers=jquery'])).toThrow('--peers does not know jquery')
    expect(() => readOptions(['--runs=0'])).toThrow('--runs')
  })
})
