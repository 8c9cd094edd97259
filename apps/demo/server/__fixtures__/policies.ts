import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TestFile } from './ask-agent.ts'

/** A policy that the demo ships. */
export function policyFile(edition: '2025' | '2026', ending: 'md' | 'pdf'): TestFile {
  const name = `travel-policy-${edition}.${ending}`
  const bytes = new Uint8Array(readFileSync(join(import.meta.dirname, '../../public/policies', name)))
  return { name, mediaType: ending === 'pdf' ? 'application/pdf' : 'text/markdown', bytes }
}
