import { bundle } from './bundle.ts'

const code = `export * from '@fluokit/react/devtools'`
const external = [/^react($|\/)/, /^react-dom($|\/)/, /^@tanstack\//]

/**
 * Bundles the devtools of the packages unpacked in a folder under the conditions of a development and of a production build. Returns
 * where the one has nothing of them, or the other has any.
 */
export async function checkDevtools(folder: string): Promise<readonly string[]> {
  const [development, production] = [
    await bundle(code, folder, external, 'development'),
    await bundle(code, folder, external),
  ]
  return [
    ...(development.includes('fluo-devtools') ? [] : ['a development build has no devtools']),
    ...(production.includes('fluo-devtools') ? ['a production build has the devtools'] : []),
  ]
}
