// Writes the tests that prove each row into docs/faults.md and docs/threats.md: `npx pnpm@12 docs:ledgers`.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ledgers, readPage, readTitles, withProofs } from './docs/ledger.ts'
import { workspace } from './pack/packages.ts'

const titles = readTitles()
for (const ledger of ledgers) {
  writeFileSync(join(workspace, ledger.page), withProofs(readPage(ledger), titles))
}
