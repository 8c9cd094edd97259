import { join } from 'node:path'
import { build } from 'vite'

/** The folder of the bench. */
export const benchFolder: string = join(import.meta.dirname, '..')

/** Where pages are built to, a folder each. */
export const builtPages: string = join(benchFolder, 'dist')

/** Builds the page of a folder for production, as an application's own build would; readable, for traces that name functions. */
export async function buildPage(page: string, isReadable: boolean): Promise<void> {
  await build({
    root: benchFolder,
    base: './',
    configFile: false,
    envFile: false,
    logLevel: 'error',
    build: {
      outDir: join(builtPages, page),
      emptyOutDir: true,
      minify: !isReadable,
      modulePreload: false,
      chunkSizeWarningLimit: 10_000,
      rolldownOptions: {
        input: entryOf(page),
        output: { entryFileNames: 'main.js' },
      },
    },
  })
}

/** The module that a page begins with. */
export function entryOf(page: string): string {
  return join(benchFolder, 'pages', page, page === 'limit' ? 'main.ts' : 'main.tsx')
}
