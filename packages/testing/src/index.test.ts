import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import * as testing from './index.ts'

describe('@fluokit/testing', () => {
  it('exports these names', () => {
    expect(Object.keys(testing).toSorted()).toEqual([
      'defineScript',
      'deltaSteps',
      'scriptedTransport',
      'scriptedUploads',
      'scripts',
      'shapes',
    ])
  })

  it('imports nothing of Node outside of ./node', () => {
    const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' }).filter(
      (file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.startsWith('node'),
    )

    const importing = files.filter((file) =>
      /from '(node:|\.{1,2}\/node\/)/.test(readFileSync(join(import.meta.dirname, file), 'utf8')),
    )

    expect(files.length).toBeGreaterThan(10)
    expect(importing).toEqual([])
  })
})
