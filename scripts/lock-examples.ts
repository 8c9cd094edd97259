// Writes the lockfiles of the examples anew, for a package that depends on something else: `npx pnpm@12 example:lock`.
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { copyHomes, lockedFolders } from './examples/copy-homes.ts'
import { pnpmEnvironment } from './examples/homes.ts'
import { layOutPackages } from './examples/lay-out-packages.ts'
import { workspace } from './pack/packages.ts'
import { mustRun } from './pack/run.ts'

const folder = mkdtempSync(join(tmpdir(), 'fluokit-lock-'))
try {
  await layOutPackages(join(folder, 'dist'))
  copyHomes(folder)
  for (const { source, copy } of lockedFolders) {
    const cwd = join(folder, copy)
    await mustRun('pnpm', ['install', '--lockfile-only'], { cwd, env: pnpmEnvironment() })
    copyFileSync(join(cwd, 'pnpm-lock.yaml'), join(workspace, source, 'pnpm-lock.yaml'))
    console.log(`${source}/pnpm-lock.yaml`)
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
