import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { folderOf, packageNames, workspace } from './packages.ts'

/** Scripts that npm runs on the machine of whoever installs a package. */
const onInstall = ['preinstall', 'install', 'postinstall', 'prepublish', 'preprepare', 'prepare']

const textOf = (file: string): string => readFileSync(join(workspace, file), 'utf8')

describe('the published packages', () => {
  it('run nothing on the machine that installs them (T34)', () => {
    for (const name of packageNames) {
      const file = join(folderOf(name), 'package.json')
      const { scripts = {} } = JSON.parse(readFileSync(file, 'utf8')) as {
        scripts?: Record<string, string>
      }
      expect(Object.keys(scripts).filter((script) => onInstall.includes(script))).toEqual([])
    }
  })

  it('bring few packages along, and the one that holds the key none but our own (T34)', () => {
    const brought = packageNames.map((name) => {
      const { dependencies = {} } = JSON.parse(
        readFileSync(join(folderOf(name), 'package.json'), 'utf8'),
      ) as { dependencies?: Record<string, string> }
      return [name, Object.keys(dependencies).sort()]
    })

    expect(Object.fromEntries(brought)).toEqual({
      core: ['eventsource-parser', 'idb', 'zustand'],
      react: [
        '@base-ui/react',
        '@fluokit/core',
        '@tanstack/virtual-core',
        'markdown-it',
        'zustand',
      ],
      relay: ['@fluokit/core'],
      testing: ['@fluokit/core', 'zustand'],
    })
  })
})

describe('the lockfile', () => {
  it('has a hash for everything that is installed, and nothing from outside of the registry (T34)', () => {
    const resolutions = textOf('pnpm-lock.yaml').match(/resolution: .*/g) ?? []

    expect(resolutions.length).toBeGreaterThan(100)
    expect(
      resolutions.filter((text) => !/^resolution: \{integrity: sha512-[\w+/=]+\}$/.test(text)),
    ).toEqual([])
  })

  it('lets no package run a script when it is installed (T34)', () => {
    const [, allowed = ''] =
      /^allowBuilds:\n((?: .*\n?)+)/m.exec(textOf('pnpm-workspace.yaml')) ?? []

    expect(allowed.trim().split('\n')).toEqual(['esbuild: false'])
  })
})
