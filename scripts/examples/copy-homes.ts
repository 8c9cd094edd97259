import { cpSync } from 'node:fs'
import { basename, join } from 'node:path'
import { workspace } from '../pack/packages.ts'
import { homes } from './homes.ts'

const made = new Set(['node_modules', 'dist', '.next'])

/** Copies the examples, without what was installed or built in them, to where `../../dist` is the one of a folder. */
export function copyHomes(folder: string): void {
  for (const home of homes) {
    cpSync(join(workspace, 'examples', home), join(folder, 'examples', home), {
      recursive: true,
      filter: (source) => !made.has(basename(source)),
    })
  }
}
