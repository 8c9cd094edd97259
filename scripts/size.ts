// What each entry of the packed packages costs in a browser, minified and gzipped, against its limit.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { bundle } from './pack/bundle.ts'
import { packPackages } from './pack/pack-packages.ts'
import { unpackPackages } from './pack/unpack-packages.ts'

interface Entry {
  readonly name: string
  readonly code: string
  readonly limit: number
  /** Whether what is taken of TanStack Query is counted: for the hook no more than a context, for Attachment.Preview its queries. */
  readonly withQuery?: boolean
}

const hook = `export { createFluoClient, relayTransport } from '@fluokit/core'; export { FluoProvider, useFluoThread } from '@fluokit/react'`
const parts = `export * from '@fluokit/core'; export * from '@fluokit/react'`

// Limits in bytes, a little above what was measured: raise one on purpose or not at all. React is never counted.
const entries: readonly Entry[] = [
  {
    name: 'imported, and nothing of it used',
    limit: 30,
    code: `import '@fluokit/core'; import '@fluokit/core/uploads'; import '@fluokit/react'; import '@fluokit/react/markdown'`,
  },
  { name: 'core: textOf', limit: 170, code: `export { textOf } from '@fluokit/core'` },
  {
    name: 'react: a hook without a client',
    limit: 450,
    code: `export { useThreadState } from '@fluokit/react'`,
  },
  {
    name: 'react: one part',
    limit: 5_150,
    code: `export { MessageCopy } from '@fluokit/react'`,
  },
  { name: 'core/wire: all of it', limit: 7_100, code: `export * from '@fluokit/core/wire'` },
  {
    name: 'core/indexed-db: all of it',
    limit: 3_000,
    code: `export * from '@fluokit/core/indexed-db'`,
  },
  { name: 'core/uploads: all of it', limit: 7_100, code: `export * from '@fluokit/core/uploads'` },
  { name: 'core: all of it', limit: 26_450, code: `export * from '@fluokit/core'` },
  {
    name: 'core: client and relay transport',
    limit: 22_300,
    code: `export { createFluoClient, relayTransport } from '@fluokit/core'`,
  },
  { name: 'react: the hook, with core', limit: 23_550, code: hook },
  {
    name: 'react: the hook, with core and TanStack Query',
    limit: 23_550,
    code: hook,
    withQuery: true,
  },
  {
    name: 'react: ChatThread.Default, with core',
    limit: 47_900,
    code: `export { createFluoClient, relayTransport } from '@fluokit/core'; export { FluoProvider, ChatThreadDefault } from '@fluokit/react'`,
  },
  { name: 'react: every part, with core', limit: 57_350, code: parts },
  {
    name: 'react: every part, with core and TanStack Query',
    limit: 66_850,
    code: parts,
    withQuery: true,
  },
  {
    name: 'react/virtual: beside every part',
    limit: 78_300,
    code: `${parts}; export * from '@fluokit/react/virtual'`,
    withQuery: true,
  },
  {
    name: 'react/markdown: Markdown.Text, with its parser',
    limit: 53_900,
    code: `export * from '@fluokit/react/markdown'`,
  },
  {
    name: 'react/devtools in production',
    limit: 300,
    code: `export * from '@fluokit/react/devtools'`,
  },
  {
    name: 'react/devtools/production: all of it',
    limit: 13_500,
    code: `export * from '@fluokit/react/devtools/production'`,
  },
  {
    name: 'relay: createRelay, as in a worker',
    limit: 24_500,
    code: `export { createRelay } from '@fluokit/relay'`,
  },
  {
    name: 'testing: all of it, as in a story',
    limit: 11_150,
    code: `export * from '@fluokit/testing'`,
  },
]

const folder = mkdtempSync(join(tmpdir(), 'fluokit-size-'))
try {
  await unpackPackages(await packPackages(folder), folder)
  for (const entry of entries) await weigh(entry)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function weigh({ name, code, limit, withQuery = false }: Entry): Promise<void> {
  const react = [/^react($|\/)/, /^react-dom($|\/)/]
  const external = withQuery ? react : [...react, /^@tanstack\//]
  const bytes = gzipSync(await bundle(code, folder, external)).length
  const isOver = bytes > limit
  if (isOver) process.exitCode = 1
  console.log(`${isOver ? 'OVER  ' : 'ok    '} ${name}: ${bytes} B gzip, limit ${limit} B`)
}
