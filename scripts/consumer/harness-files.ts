/** What a person has in an application already, and what stands in for Fluo: all that the README does not show. */
export const harnessFiles: Readonly<Record<string, string>> = {
  'index.html': page('/main.tsx'),
  'own.html': page('/own.tsx'),

  // Use 2, mounted as use 1 is.
  'own.tsx': `import { createFluoClient, relayTransport } from '@fluokit/core'
import { FluoProvider } from '@fluokit/react'
import { createRoot } from 'react-dom/client'
import { Chat } from './chat.tsx'

const client = createFluoClient({ transport: relayTransport({ url: '/api/fluo' }), userScope: null })
createRoot(document.getElementById('root')!).render(
  <FluoProvider client={client}>
    <Chat />
  </FluoProvider>,
)
`,

  'own.config.ts': `import { defineConfig, mergeConfig } from 'vite'
import config from './vite.config.ts'

export default defineConfig(mergeConfig(config, {
  build: { outDir: 'dist-own', rolldownOptions: { input: 'own.html' } },
}))
`,

  // Where a person looks sessions up; `serveApp` signs every browser in.
  'sessions.ts': `export async function findSession(cookie: string | null): Promise<{ userId: string } | null> {
  return cookie?.includes('session=of-ada') ? { userId: 'ada' } : null
}
`,

  // The production relay runs as it is shown: only where Fluo is and which port is free are put under it.
  'fluo-here.mjs': `import { Server } from 'node:net'

const { listen } = Server.prototype
Server.prototype.listen = function (_port, host) {
  return listen.call(this, 0, host, () => console.log(JSON.stringify(this.address())))
}
const { fetch } = globalThis
globalThis.fetch = (url, options) =>
  fetch(String(url).replace('https://api.fluo.one', process.env.STAND_IN_URL), options)
`,

  'stand-in.ts': `import { startStandIn } from '@fluokit/testing/node'

const { FLUO_API_KEY: apiKey = '', FLUO_PROJECT_ID: projectId = '' } = process.env
const fluo = await startStandIn({ apiKey, projectId, agents: ['agent_123'] })
console.log(JSON.stringify({ url: fluo.url }))
for (;;) {
  const { threadId, headers } = await fluo.nextRequest()
  console.log(JSON.stringify({ threadId, hasKey: headers['x-api-key'] === apiKey }))
}
`,

  'tsconfig.json': config({
    module: 'ESNext',
    moduleResolution: 'bundler',
    allowImportingTsExtensions: true,
    jsx: 'react-jsx',
    lib: ['ES2023', 'DOM', 'DOM.Iterable'],
    types: ['vite/client'],
    include: ['*.tsx', '.storybook/*'],
  }),

  'tsconfig.server.json': config({
    module: 'NodeNext',
    allowImportingTsExtensions: true,
    lib: ['ES2023'],
    types: ['node'],
    include: ['server.ts', 'stand-in.ts'],
  }),

  // Vite's own declarations ask for the DOM.
  'tsconfig.vite.json': config({
    module: 'NodeNext',
    lib: ['ES2023', 'DOM', 'DOM.Iterable'],
    types: ['node'],
    include: ['vite.config.ts'],
  }),
}

function page(script: string): string {
  return `<!doctype html>
<html lang="en">
  <head><meta charset="utf-8" /><title>Consumer</title><link rel="icon" href="data:," /></head>
  <body><div id="root"></div><script type="module" src="${script}"></script></body>
</html>
`
}

function config({
  include,
  ...options
}: {
  include: readonly string[]
  [name: string]: unknown
}): string {
  const compilerOptions = {
    target: 'ES2022',
    strict: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    verbatimModuleSyntax: true,
    noUncheckedSideEffectImports: true,
    skipLibCheck: false,
    noEmit: true,
    ...options,
  }
  return JSON.stringify({ compilerOptions, include }, null, 2)
}
