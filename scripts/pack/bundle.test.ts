import { describe, expect, it } from 'vitest'
import { bundle } from './bundle.ts'
import { folderOf } from './packages.ts'

describe('@fluokit/core in a production bundle', () => {
  it('has none of the sentences that developers are told', async () => {
    const code = await bundle(`export * from '@fluokit/core'`, folderOf('react'), [])

    expect(code).toContain('message_delta')
    expect(code).not.toContain('console.warn')
    expect(code).not.toContain("deltas: 'cumulative'")
  }, 30_000)
})
