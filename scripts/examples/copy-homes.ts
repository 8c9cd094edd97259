import { cpSync } from 'node:fs'
import { basename, join } from 'node:path'
import { workspace } from '../pack/packages.ts'
import { homes } from './homes.ts'

/** Where the lockfiles are, and where {@link copyHomes} copies their folders to. */
export const lockedFolders: readonly { readonly source: string; readonly copy: string }[] = [
  ...homes.map((home) => ({ source: `examples/${home}`, copy: `examples/${home}` })),
  { source: 'scripts/examples/runtimes', copy: 'examples/runtimes' },
  { source: 'apps/bench', copy: 'apps/bench' },
]

const made = new Set(['node_modules', 'dist', '.next'])

/**
 * Copies the examples and what runs in other runtimes, without what was installed or built in them, to where `../../dist` is
 * the one of a folder.
 */
export function copyHomes(folder: string): void {
  for (const { source, copy } of lockedFolders) {
    cpSync(join(workspace, source), join(folder, copy), {
      recursive: true,
      filter: (file) => !made.has(basename(file)),
    })
  }
}
