import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import react from '@vitejs/plugin-react'
import { build, type Rolldown } from 'vite'

/** A file of the built page, by its path. */
export type Page = ReadonlyMap<string, string | Uint8Array>

/** What the page is told of its server: nothing secret. */
export interface PageFacts {
  readonly agentId: string
  readonly isStandIn: boolean
}

/** Builds the page as an application would be built for production, in memory: nothing is written. */
export async function buildPage({ agentId, isStandIn }: PageFacts): Promise<Page> {
  // A shell or a test runner that says otherwise would get React's development build.
  process.env['NODE_ENV'] = 'production'
  const built = await build({
    root: join(import.meta.dirname, '..'),
    configFile: false,
    logLevel: 'error',
    envFile: false,
    plugins: [react()],
    define: { __DEMO__: JSON.stringify({ agentId, isStandIn }) },
    build: { write: false, modulePreload: false },
  })
  const { output } = built as Rolldown.RolldownOutput
  return new Map([
    ...readPublic(join(import.meta.dirname, '../public')),
    ...output.map(
      (file) => [`/${file.fileName}`, file.type === 'chunk' ? file.code : file.source] as const,
    ),
  ])
}

/** What is served as it is: nothing copies it where nothing is written. */
function readPublic(folder: string): readonly (readonly [string, Uint8Array])[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const file = join(entry.parentPath, entry.name)
      return [`/${relative(folder, file).replaceAll(sep, '/')}`, readFileSync(file)] as const
    })
}
