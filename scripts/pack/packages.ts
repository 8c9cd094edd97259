import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The workspace's own folder. */
export const workspace: string = join(import.meta.dirname, '../..')

/** The published packages, in an order in which each comes after those it imports. */
export const packageNames = ['core', 'testing', 'relay', 'react'] as const

export type PackageName = (typeof packageNames)[number]

/** Where a package's sources live. */
export function folderOf(name: PackageName): string {
  return join(workspace, 'packages', name)
}

/** The part of a package.json that packing reads. */
export interface Manifest {
  readonly name: string
  readonly version: string
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>
  /** What takes the place of these fields in a tarball. */
  readonly publishConfig?: Pick<Manifest, 'exports'>
  /** The files that do something when they are imported. */
  readonly sideEffects: false | readonly string[]
  readonly dependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
}

/** Reads the package.json in a folder. */
export function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest
}

/** The sources that are built, relative to the package's `src`: all but tests, stories and fixtures. */
export function sourcesOf(name: PackageName): readonly string[] {
  return globSync('**/*.{ts,tsx}', { cwd: join(folderOf(name), 'src') })
    .filter((file) => !/\.(test|test-d|stories)\.|(^|[\\/])__fixtures__[\\/]/.test(file))
    .sort()
}
