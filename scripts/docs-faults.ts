// Writes the tests that prove each fault into docs/faults.md: `npx pnpm@12 docs:faults`.
import { readFileSync, writeFileSync } from 'node:fs'
import { faultPage, readFaultTitles, withProofs } from './docs/fault-page.ts'

writeFileSync(faultPage, withProofs(readFileSync(faultPage, 'utf8'), readFaultTitles()))
