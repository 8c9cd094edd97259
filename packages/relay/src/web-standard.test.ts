import { readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { describe, expect, it } from 'vitest'

/** The files that an entry reaches through its own imports. */
function reach(file: string, found: Set<string> = new Set()): Set<string> {
  if (found.has(file)) return found
  found.add(file)
  for (const [, next = ''] of sourceOf(file).matchAll(/from '(\.\.?\/[^']+)'/g)) {
    reach(posix.join(posix.dirname(file), next), found)
  }
  return found
}

const sourceOf = (file: string): string => readFileSync(new URL(file, import.meta.url), 'utf8')

describe('the main entry', () => {
  it('uses nothing of Node, so that it runs wherever Request and Response are', () => {
    const files = [...reach('index.ts')]

    expect(files.length).toBeGreaterThan(15)
    const ofNode = /'node:|\bprocess\.\w|\bBuffer\b/
    expect(files.filter((file) => ofNode.test(sourceOf(file)))).toEqual([])
  })
})
