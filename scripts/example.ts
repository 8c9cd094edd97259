// Starts one of the examples: `npx pnpm@12 example node`.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { homes, installHome, pnpmEnvironment, startScript } from './examples/homes.ts'
import { layOutPackages } from './examples/lay-out-packages.ts'
import { workspace } from './pack/packages.ts'

const home = homes.find((name) => name === process.argv[2])
if (home === undefined) {
  console.log(`Which one? npx pnpm@12 example ${homes.join('|')}`)
  process.exit(1)
}
const folder = join(workspace, 'examples', home)
await layOutPackages(join(workspace, 'dist'))
await installHome(folder)
const env = { ...process.env, ...pnpmEnvironment() }
const child = spawn('pnpm', [startScript(home)], { cwd: folder, env, stdio: 'inherit' })
process.on('SIGINT', () => undefined) // the child gets it as well, and ends this by ending
child.once('close', (code) => (process.exitCode = code ?? 1))
