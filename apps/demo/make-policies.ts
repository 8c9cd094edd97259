// Makes the PDFs of the demo's two policies from their Markdown: `npx pnpm@12 policies`.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { marked } from 'marked'
import { chromium } from 'playwright'
import { launchOptions } from '../../scripts/browser.ts'

const folder = join(import.meta.dirname, 'public/policies')
const editions = ['2025', '2026']

const style = `
  :root { font: 10.5pt/1.5 'Open Sans', 'Source Sans 3', Helvetica, Arial, sans-serif; color: #1c2024 }
  body { margin: 0 }
  h1 { font-size: 23pt; line-height: 1.15; letter-spacing: -0.015em; margin: 0 0 4pt }
  h1 + p { color: #60646c; margin: 0 0 20pt; padding-bottom: 12pt; border-bottom: 0.75pt solid #d9d9e0 }
  h2 { font-size: 13pt; line-height: 1.3; margin: 16pt 0 4pt; break-after: avoid }
  p { margin: 0 0 7pt; orphans: 3; widows: 3 }
  ul { margin: 0 0 7pt; padding-left: 16pt }
  li { margin-bottom: 2pt }
`
const footer = (edition: string): string => `
  <div style="width: 100%; margin: 0 24mm; display: flex; justify-content: space-between;
      font: 8pt 'Open Sans', Helvetica, Arial, sans-serif; color: #80838d">
    <span>Travel and expenses policy, edition ${edition}</span>
    <span>Page <span class="pageNumber"></span> of <span class="totalPages"></span></span>
  </div>`

const browser = await chromium.launch(launchOptions())
try {
  for (const edition of editions) {
    const file = join(folder, `travel-policy-${edition}`)
    const html = await marked(readFileSync(`${file}.md`, 'utf8'))
    const page = await browser.newPage()
    await page.setContent(
      `<!doctype html><html lang="en-GB"><title>Travel and expenses policy, edition ${edition}</title><style>${style}</style>${html}</html>`,
    )
    const pdf = await page.pdf({
      format: 'A4',
      margin: { top: '24mm', right: '24mm', bottom: '26mm', left: '24mm' },
      displayHeaderFooter: true,
      headerTemplate: '<span></span>',
      footerTemplate: footer(edition),
      tagged: true,
    })
    writeFileSync(`${file}.pdf`, pdf)
    console.log(`travel-policy-${edition}.pdf: ${pdf.length} bytes`)
    await page.close()
  }
} finally {
  await browser.close()
}
