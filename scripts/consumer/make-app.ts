import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import type { Tarball } from '../pack/pack-packages.ts'
import { mustRun } from '../pack/run.ts'
import { cleanEnvironment } from './clean-environment.ts'
import { harnessFiles } from './harness-files.ts'
import { namedBlocks } from './read-blocks.ts'
import { storybookFiles } from './storybook-files.ts'

/** What the application is told in `.env`; none of the first two may be found in anything a browser gets. */
export const secrets = {
  FLUO_API_KEY: 'canary-key-9d41c7',
  FLUO_PROJECT_ID: 'canary-project-52be0f',
} as const

/** The pages whose code is pasted, each block into the file that it names, and the files they must show. */
const pages = [
  {
    page: 'README.md',
    files: ['vite.config.ts', 'main.tsx', 'chat.tsx', 'chat.stories.tsx', 'server.ts'],
  },
  {
    page: 'docs/storybook.md',
    files: [
      '.storybook/preview.tsx',
      '.storybook/manager.ts',
      'policy-chat.tsx',
      'policy-chat.stories.tsx',
    ],
  },
] as const

/**
 * Writes the application: the pages' code as it is shown, and around it what a person would have there already.
 * Returns the files that were pasted.
 */
export function writeApp(
  app: string,
  readPage: (page: string) => string,
  tarballs: readonly Tarball[],
): readonly string[] {
  const blocks = pages.flatMap(({ page, files }) => namedBlocks(page, readPage(page), files))
  const pasted = blocks.map(({ file }) => file)
  const twice = pasted.find((file, index) => pasted.indexOf(file) !== index)
  if (twice !== undefined) throw new Error(`Two blocks of the pages are both ${twice}.`)
  for (const { file, code } of blocks) write(join(app, file), code)
  const harness = { ...harnessFiles, ...storybookFiles }
  for (const [file, text] of Object.entries(harness)) write(join(app, file), text)
  const variables = { ...secrets, FLUO_AGENT_ID: 'agent_123' }
  const lines = Object.entries(variables).map(([name, value]) => `${name}=${value}\n`)
  write(join(app, '.env'), lines.join(''))
  write(join(app, 'package.json'), JSON.stringify(manifest(app, tarballs), null, 2))
  return pasted
}

/** Installs with plain npm, as somebody would who has never heard of the workspace. */
export async function installApp(app: string): Promise<void> {
  const args = ['install', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error']
  await mustRun('npm', args, { cwd: app, env: cleanEnvironment(), limitMs: 240_000 })
}

function manifest(app: string, tarballs: readonly Tarball[]): unknown {
  const own = tarballs.map(({ package: name, file }) => [
    `@fluokit/${name}`,
    `file:${relative(app, file)}`,
  ])
  return {
    name: 'consumer',
    private: true,
    type: 'module',
    dependencies: {
      ...Object.fromEntries(own),
      '@storybook/react-vite': '^10',
      '@types/node': '^24',
      '@types/react': '^19',
      '@types/react-dom': '^19',
      '@vitejs/plugin-react': '^6',
      react: '^19',
      'react-dom': '^19',
      storybook: '^10',
      typescript: '^7',
      'typescript-5': 'npm:typescript@~5.9',
      vite: '^8',
    },
  }
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}
