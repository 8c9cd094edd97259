// Runs in a package's folder before it is packed, and refuses packers that would write a broken tarball.
import { existsSync } from 'node:fs'

const packer = process.env['npm_config_user_agent'] ?? ''
if (!packer.startsWith('pnpm/')) {
  refuse(
    'Pack with pnpm: other packers ignore publishConfig.exports and write a package that imports its own sources.',
  )
} else if (!existsSync('dist')) {
  refuse('There is nothing to pack yet: run `npx pnpm@12 build` first.')
}

function refuse(sentence: string): void {
  console.error(sentence)
  process.exitCode = 1
}
