import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '..')
const stories = globSync('packages/*/src/**/*.stories.tsx', { cwd: root })

describe('stories', () => {
  it('are there', () => {
    expect(stories.length).toBeGreaterThanOrEqual(5)
  })

  it.each(stories)('are played by scripts, never built by hand: %s', (file) => {
    const source = readFileSync(join(root, file), 'utf8')

    expect(source).not.toMatch(/initialTurns|getState|\bturns\s*:|\bruns\s*:|emptyRun/)
    expect(source).toContain("from '@fluokit/testing'")
  })
})
