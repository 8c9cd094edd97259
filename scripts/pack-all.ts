// Builds and packs every package into dist/, and checks the tarballs: `npx pnpm@12 pack:all`.
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { checkContents } from './pack/check-contents.ts'
import { checkDevtools } from './pack/check-devtools.ts'
import { checkImport } from './pack/check-import.ts'
import { checkTypes } from './pack/check-types.ts'
import { packPackages } from './pack/pack-packages.ts'
import { workspace } from './pack/packages.ts'
import { run } from './pack/run.ts'
import { unpackPackages } from './pack/unpack-packages.ts'

const destination = join(workspace, 'dist')
const counts = { passed: 0, failed: 0 }
rmSync(destination, { recursive: true, force: true })
const tarballs = await packPackages(destination)
const folder = mkdtempSync(join(tmpdir(), 'fluokit-pack-'))
try {
  const places = await unpackPackages(tarballs, folder)
  const files = tarballs.map(({ file }) => file)
  await Promise.all([
    check(`files, maps and 'use client'`, [...places.values()].flatMap(checkContents)),
    check('nothing happens at import', checkImport(folder, places.values())),
    check('types without DOM', checkTypes(folder)),
    check('devtools in development, and not in production', checkDevtools(folder)),
    ...files.flatMap((file) => [
      check(`publint ${relative(destination, file)}`, tool('publint', [file, '--strict'])),
      check(
        `attw ${relative(destination, file)}`,
        tool('attw', [file, '--profile', 'esm-only', '--format', 'ascii', '--no-emoji', '--quiet']),
      ),
    ]),
  ])
  for (const file of files) {
    console.log(`       ${relative(workspace, file)} ${Math.ceil(statSync(file).size / 1024)} KiB`)
  }
  console.log(`\n${counts.passed} passed, ${counts.failed} failed`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function check(
  name: string,
  found: readonly string[] | Promise<readonly string[]>,
): Promise<void> {
  const problems = await found
  counts[problems.length === 0 ? 'passed' : 'failed'] += 1
  console.log(`${problems.length === 0 ? 'ok    ' : 'FAILED'} ${name}`)
  for (const problem of problems) console.log(`       ${problem.replaceAll('\n', '\n       ')}`)
  if (problems.length > 0) process.exitCode = 1
}

async function tool(command: string, args: readonly string[]): Promise<readonly string[]> {
  const { code, output } = await run(command, args, { cwd: workspace })
  return code === 0 ? [] : [output.trim()]
}
