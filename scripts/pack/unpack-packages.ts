import { existsSync, mkdirSync, realpathSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Tarball } from './pack-packages.ts'
import { folderOf, readManifest, workspace } from './packages.ts'
import { mustRun } from './run.ts'

/**
 * Lays tarballs out as an installation would, in a folder's `node_modules`; what they depend on is linked to what the
 * workspace has installed. Returns where each package lies.
 */
export async function unpackPackages(
  tarballs: readonly Tarball[],
  folder: string,
): Promise<ReadonlyMap<Tarball, string>> {
  const places = new Map<Tarball, string>()
  for (const tarball of tarballs) {
    const place = join(folder, 'node_modules/@fluokit', tarball.package)
    mkdirSync(place, { recursive: true })
    await mustRun('tar', ['-xzf', tarball.file, '-C', place, '--strip-components=1'], {
      cwd: folder,
    })
    const { dependencies, peerDependencies } = readManifest(place)
    for (const name of Object.keys({ ...dependencies, ...peerDependencies })) {
      if (!name.startsWith('@fluokit/')) link(name, folderOf(tarball.package), folder)
    }
    places.set(tarball, place)
  }
  for (const name of ['@types/node', '@types/react']) link(name, workspace, folder)
  return places
}

function link(name: string, from: string, folder: string): void {
  const target = join(folder, 'node_modules', name)
  if (existsSync(target)) return
  mkdirSync(dirname(target), { recursive: true })
  symlinkSync(realpathSync(join(from, 'node_modules', name)), target, 'junction')
}
