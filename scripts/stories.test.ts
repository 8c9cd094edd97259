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

  it('fail where axe finds something, unless one says otherwise (A11y 34)', () => {
    const preview = readFileSync(join(root, '.storybook/preview.tsx'), 'utf8')

    expect(preview).toContain("a11y: { test: 'error' }")
  })

  it.each(stories)('never say otherwise, and are all tested (A11y 34): %s', (file) => {
    expect(readFileSync(join(root, file), 'utf8')).not.toMatch(/\ba11y\b|'!test'/)
  })
})
