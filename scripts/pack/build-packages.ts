import { existsSync, globSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { folderOf, packageNames, sourcesOf, workspace, type PackageName } from './packages.ts'
import { mustRun } from './run.ts'

/**
 * Writes each package's `dist` with tsc: a file of JavaScript and one of declarations for each source, with maps.
 * What is up to date is left alone; what no source makes any longer is removed.
 */
export async function buildPackages(): Promise<void> {
  for (const name of packageNames) removeStale(name)
  await mustRun('tsc', ['-b', 'tsconfig.build.json'], { cwd: workspace })
  for (const name of packageNames) {
    const missing = outputsOf(name).find((file) => !existsSync(join(folderOf(name), 'dist', file)))
    if (missing !== undefined) throw new Error(`The build of ${name} made no ${missing}.`)
  }
}

/** The files that a build writes, relative to `dist`. */
function outputsOf(name: PackageName): readonly string[] {
  return sourcesOf(name).flatMap((source) => {
    const stem = source.replace(/\.tsx?$/, '')
    return ['.js', '.js.map', '.d.ts', '.d.ts.map'].map((ending) => stem + ending)
  })
}

function removeStale(name: PackageName): void {
  const folder = folderOf(name)
  const dist = join(folder, 'dist')
  const outputs = new Set(outputsOf(name))
  const present = globSync('**/*.*', { cwd: dist })
  for (const file of present) if (!outputs.has(file)) rmSync(join(dist, file))
  // tsc believes its notes about what it has written, and not the folder.
  if (present.filter((file) => outputs.has(file)).length < outputs.size) {
    rmSync(join(folder, 'node_modules/.cache/tsc/build.tsbuildinfo'), { force: true })
  }
}
