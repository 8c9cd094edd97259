import { globSync } from 'node:fs'
import { workspace } from '../pack/packages.ts'

/** The pages of the workspace that people read, relative to it. */
export const pages: readonly string[] = globSync(
  [
    '{README,CONTRIBUTING,SECURITY,ARCHITECTURE}.md',
    'docs/*.md',
    'packages/*/README.md',
    'packages/*/docs/*.md',
    'examples/README.md',
    'examples/*/README.md',
  ],
  { cwd: workspace },
)
  .map((page) => page.replaceAll('\\', '/'))
  .sort()
