import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readManifest } from './packages.ts'
import { run } from './run.ts'

// Written into the folder and run there: reports each global that a file of the kit reads or sets while it is imported.
const program = (entries: readonly string[]): string => `
const found = new Set()
const names = ['fetch', 'setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'requestAnimationFrame',
  'addEventListener', 'document', 'window', 'self', 'localStorage', 'sessionStorage', 'indexedDB', 'navigator',
  'location', 'crypto', 'BroadcastChannel', 'Worker', 'console', 'process']
const note = (name) => {
  const caller = new Error().stack.split('\\n')[3] ?? ''
  if (caller.includes('/@fluokit/')) found.add(name + caller.replace(/.*@fluokit/, ' in @fluokit').trimEnd())
}
for (const name of names) {
  let { value, get = () => value } = Object.getOwnPropertyDescriptor(globalThis, name) ?? {}
  Object.defineProperty(globalThis, name, {
    configurable: true,
    get() {
      note(name)
      return get.call(globalThis)
    },
    set(next) {
      note(name)
      get = () => next
    },
  })
}
for (const entry of ${JSON.stringify(entries)}) await import(entry)
if (found.size > 0) throw new Error([...found].join('; '))
`

/**
 * Imports every entry of the packages in Node, one after another, but for those that package.json declares to have
 * effects. Returns which of them did something by that.
 */
export async function checkImport(
  folder: string,
  places: Iterable<string>,
): Promise<readonly string[]> {
  const entries = [...places].flatMap(quietEntries)
  writeFileSync(join(folder, 'import-all.mjs'), program(entries))
  const { code, output } = await run(process.execPath, ['import-all.mjs'], { cwd: folder })
  return code === 0 ? [] : [`importing does something: ${output.trim()}`]
}

function quietEntries(place: string): readonly string[] {
  const { name, exports, sideEffects } = readManifest(place)
  return Object.entries(exports)
    .filter(([, target]) => typeof target !== 'string')
    .filter(([, target]) => {
      const files = Object.values(target)
      return sideEffects === false || !sideEffects.some((file) => files.includes(file))
    })
    .map(([entry]) => join(name, entry))
}
