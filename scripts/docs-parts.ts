// Writes what the doc comments say of each part into the pages of packages/react/docs.
import { writeFileSync } from 'node:fs'
import { pageWithReference, partPages } from './docs/part-pages.ts'

for (const page of partPages) writeFileSync(page.file, pageWithReference(page))
