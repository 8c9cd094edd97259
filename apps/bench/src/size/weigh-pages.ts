import { gzipSync } from 'node:zlib'
import { bundle } from '../../../../scripts/pack/bundle.ts'
import { benchFolder } from '../build-pages.ts'
import type { Peer } from '../peers.ts'

/** What the script of a page weighs beyond React, minified, in bytes. */
export interface Weight {
  readonly name: string
  readonly label: string
  readonly gzip: number
  readonly minified: number
}

const react = [/^react($|\/)/, /^react-dom($|\/)/]
const reactAndQuery = [...react, /^@tanstack\/react-query/]
const hook = `export { createFluoClient, relayTransport } from '@fluokit/core'; export { FluoProvider, useFluoThread } from '@fluokit/react'`
const parts = `export * from '@fluokit/core'; export * from '@fluokit/react'`

/** Bundles each peer's page, and what Fluokit has beside its page, as an application would, without React. */
export async function weighPages(peers: readonly Peer[]): Promise<readonly Weight[]> {
  const weights: Weight[] = []
  const pages = peers.filter(({ name, variant }) => variant === '' || name === 'limit-blocks')
  for (const { name, label, page } of pages) {
    const code = `import './pages/${page}/main.${page === 'limit' ? 'ts' : 'tsx'}'`
    weights.push(await weigh(`${name}`, `${label}: the page measured`, code, react))
  }
  const fluokit = [
    ['hook', 'Fluokit: the hook, without TanStack Query', hook, reactAndQuery],
    ['hook-query', 'Fluokit: the hook, with TanStack Query', hook, react],
    ['parts', 'Fluokit: the hook and every part, without TanStack Query', parts, reactAndQuery],
    ['parts-query', 'Fluokit: the hook and every part, with TanStack Query', parts, react],
  ] as const
  for (const [name, label, code, external] of fluokit) {
    weights.push(await weigh(name, label, code, external))
  }
  return weights
}

async function weigh(
  name: string,
  label: string,
  code: string,
  external: readonly RegExp[],
): Promise<Weight> {
  const minified = await bundle(code, benchFolder, external)
  return { name, label, gzip: gzipSync(minified).length, minified: minified.length }
}
