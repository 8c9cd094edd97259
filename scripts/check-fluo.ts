// One short turn against the real Fluo, to see whether the kit understands its stream: `npx pnpm@12 check:fluo`.
// Prints names and types, never a value. Exits 0 when everything was understood, 1 when not, 2 when nothing was asked.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { checkFluo } from './check-fluo/check-fluo.ts'
import { terminal } from './check-fluo/terminal.ts'

const envFile = join(import.meta.dirname, '../.env')
if (existsSync(envFile)) process.loadEnvFile(envFile)
process.exitCode = await checkFluo({
  args: process.argv.slice(2),
  env: process.env,
  terminal: terminal(),
})
