import { join } from 'node:path'
import { build, type Rolldown } from 'vite'

/** Bundles a line of code for a browser as an application's build under a condition would, against the packages unpacked in a folder. */
export async function bundle(
  code: string,
  folder: string,
  external: readonly RegExp[],
  condition: 'development' | 'production' = 'production',
): Promise<string> {
  const entry = join(folder, 'entry.js')
  const built = await build({
    root: folder,
    configFile: false,
    envFile: false,
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
    resolve: { conditions: ['module', 'browser', condition] },
    plugins: [
      {
        name: 'entry',
        enforce: 'pre',
        resolveId: (source) => (source === 'virtual:entry' ? entry : null),
        load: (id) => (id === entry ? code : null),
      },
    ],
    build: {
      write: false,
      minify: true,
      rolldownOptions: {
        input: 'virtual:entry',
        external: [...external],
        preserveEntrySignatures: 'strict',
        output: { format: 'es' },
      },
    },
  })
  const { output } = built as Rolldown.RolldownOutput
  return output.map((file) => ('code' in file ? file.code : '')).join('')
}
