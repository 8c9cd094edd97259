import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { buildPackages } from './build-packages.ts'
import { folderOf, packageNames, readManifest, workspace, type PackageName } from './packages.ts'
import { mustRun } from './run.ts'

/** A package as it would be published. */
export interface Tarball {
  readonly package: PackageName
  readonly file: string
}

/** Builds the packages and writes a tarball of each into a folder. */
export async function packPackages(destination: string): Promise<readonly Tarball[]> {
  await buildPackages()
  mkdirSync(destination, { recursive: true })
  const args = ['--recursive', '--filter', './packages/*', 'pack', '--pack-destination']
  await mustRun('pnpm', [...args, destination], { cwd: workspace })
  return packageNames.map((name) => {
    const manifest = readManifest(folderOf(name))
    const file = `${manifest.name.slice(1).replace('/', '-')}-${manifest.version}.tgz`
    return { package: name, file: join(destination, file) }
  })
}
