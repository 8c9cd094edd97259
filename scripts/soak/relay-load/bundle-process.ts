import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build, type Rolldown } from 'vite'

/** Bundles a file beside this one into a folder: as a published package runs, without what reading TypeScript costs. */
export async function bundleProcess(file: string, folder: string): Promise<string> {
  const built = await build({
    root: import.meta.dirname,
    configFile: false,
    envFile: false,
    logLevel: 'error',
    build: {
      ssr: join(import.meta.dirname, file),
      write: false,
      target: 'node22',
      rolldownOptions: { output: { format: 'es' } },
    },
    ssr: { noExternal: true },
  })
  const { output } = built as Rolldown.RolldownOutput
  const path = join(folder, file.replace(/\.ts$/, '.mjs'))
  writeFileSync(path, output.map((chunk) => ('code' in chunk ? chunk.code : '')).join(''))
  return path
}
