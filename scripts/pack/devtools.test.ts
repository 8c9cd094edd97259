import { build, type Rolldown } from 'vite'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { folderOf, readManifest, workspace } from './packages.ts'

/** An application that has the devtools on its page, as Vite builds it. */
async function built(mode: 'development' | 'production', entry: string): Promise<string> {
  vi.stubEnv('NODE_ENV', mode)
  const page = 'virtual:page'
  const result = await build({
    root: workspace,
    configFile: false,
    envFile: false,
    logLevel: 'error',
    mode,
    plugins: [
      {
        name: 'page',
        enforce: 'pre',
        resolveId: (source) => (source === page ? `${workspace}/page.js` : null),
        load: (id) =>
          id === `${workspace}/page.js`
            ? `import { FluoDevtools, fluoDevtoolsPlugin, record } from '${entry}'; globalThis.used = [FluoDevtools, fluoDevtoolsPlugin, record]`
            : null,
      },
    ],
    build: {
      write: false,
      rolldownOptions: { input: page, external: [/^react($|\/)/, /^@tanstack\//] },
    },
  })
  const { output } = result as Rolldown.RolldownOutput
  return output.map((file) => ('code' in file ? file.code : '')).join('')
}

afterEach(() => vi.unstubAllEnvs())

describe('@fluokit/react/devtools', () => {
  it('is nothing in a production build, unless it is asked for by its other name', async () => {
    const production = await built('production', '@fluokit/react/devtools')
    const asked = await built('production', '@fluokit/react/devtools/production')

    expect(production.length).toBeLessThan(600)
    expect(production).not.toContain('fluo-devtools')
    expect(asked).toContain('fluo-devtools')
  }, 30_000)

  it('is all of it in a development build', async () => {
    expect(await built('development', '@fluokit/react/devtools')).toContain('fluo-devtools')
  }, 30_000)

  it('is published under the conditions that it is built with here', () => {
    const { exports, publishConfig } = readManifest(folderOf('react'))
    const built = (target: unknown): unknown =>
      JSON.parse(JSON.stringify(target).replaceAll(/\/src\/([^"]*)\.tsx?/g, '/dist/$1.js'))
    const published = publishConfig?.exports['./devtools']
    const types = { types: './dist/devtools/index.d.ts' }

    expect(published).toEqual({ ...(built(exports['./devtools']) as object), ...types })
    expect(Object.keys(published ?? {})).toEqual(Object.keys(exports['./devtools'] ?? {}))
  })
})
