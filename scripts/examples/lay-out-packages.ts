import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { packPackages } from '../pack/pack-packages.ts'
import { mustRun } from '../pack/run.ts'

/**
 * Packs the packages and unpacks them beside their tarballs, each into a folder of its own name: where the examples take
 * them from while they are not on npm.
 */
export async function layOutPackages(destination: string): Promise<void> {
  for (const { package: name, file } of await packPackages(destination)) {
    const place = join(destination, name)
    rmSync(place, { recursive: true, force: true })
    mkdirSync(place)
    await mustRun('tar', ['-xzf', file, '-C', place, '--strip-components=1'], { cwd: destination })
  }
}
