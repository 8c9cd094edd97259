// What each entry costs in a browser, minified and gzipped, against its limit.
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build, type Rolldown } from 'vite'

interface Entry {
  readonly name: string
  readonly code: string
  readonly limit: number
}

// Limits in bytes, a little above what was measured: raise one on purpose or not at all.
const entries: readonly Entry[] = [
  {
    name: 'core: client and relay transport',
    limit: 10_000,
    code: `export { createFluoClient, relayTransport } from '@fluokit/core'`,
  },
  {
    name: 'react: the hook, with core',
    limit: 11_700,
    code: `export { createFluoClient, relayTransport } from '@fluokit/core'; export { FluoProvider, useFluoThread } from '@fluokit/react'`,
  },
  {
    name: 'react: every part, with core',
    limit: 19_700,
    code: `export * from '@fluokit/core'; export * from '@fluokit/react'`,
  },
]

let isOver = false
for (const { name, code, limit } of entries) {
  const bytes = await measure(code)
  if (bytes > limit) isOver = true
  console.log(`${bytes > limit ? 'OVER  ' : 'ok    '} ${name}: ${bytes} B gzip, limit ${limit} B`)
}
process.exitCode = isOver ? 1 : 0

async function measure(code: string): Promise<number> {
  const id = 'virtual:entry'
  const built = await build({
    root: join(import.meta.dirname, '../apps/demo'),
    configFile: false,
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
    plugins: [
      {
        name: 'entry',
        resolveId: (source) =>
          source === id ? `${join(import.meta.dirname, '../apps/demo')}/entry.js` : null,
        load: (source) => (source.endsWith('/apps/demo/entry.js') ? code : null),
      },
    ],
    build: {
      write: false,
      minify: true,
      rolldownOptions: {
        input: id,
        external: [/^react($|\/)/, /^react-dom/, /^@tanstack\/react-query/],
        preserveEntrySignatures: 'strict',
        output: { format: 'es' },
      },
    },
  })
  const { output } = built as Rolldown.RolldownOutput
  return gzipSync(output.map((file) => ('code' in file ? file.code : '')).join('')).length
}
