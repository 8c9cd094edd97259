import { describe, expect, it } from 'vitest'
import { errorOf, FluoFault } from './errors.ts'

describe('FluoFault', () => {
  it('carries the facts and names only code and status', () => {
    const fault = new FluoFault({
      code: 'upstream',
      status: 500,
      detail: 'secret',
      requestId: 'req',
    })

    expect(fault).toBeInstanceOf(Error)
    expect(String(fault)).toBe('FluoFault: Fluo: upstream (HTTP 500)')
    expect(fault.error).toEqual({
      code: 'upstream',
      status: 500,
      detail: 'secret',
      requestId: 'req',
    })
    expect(new FluoFault({ code: 'network' }).message).toBe('Fluo: network')
  })
})

describe('errorOf', () => {
  it('is the facts of a fault, and network for anything else', () => {
    expect(errorOf(new FluoFault({ code: 'limit' }))).toEqual({ code: 'limit' })
    for (const thrown of [
      new TypeError('x'),
      'text',
      null,
      undefined,
      { error: { code: 'limit' } },
    ]) {
      expect(errorOf(thrown)).toEqual({ code: 'network' })
    }
  })
})
