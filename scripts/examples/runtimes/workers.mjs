import { build } from 'esbuild'
import { Miniflare } from 'miniflare'

const { PORT, ...env } = process.env
const built = await build({
  entryPoints: ['worker.mjs'],
  bundle: true,
  external: ['cloudflare:workers'],
  format: 'esm',
  write: false,
})
const worker = new Miniflare({
  modules: true,
  script: built.outputFiles[0].text,
  compatibilityDate: '2026-07-01',
  compatibilityFlags: ['enable_request_signal'],
  host: '127.0.0.1',
  port: Number(PORT),
  cf: false, // or it would ask the network where it is
  bindings: Object.fromEntries(
    Object.entries(env).filter(([name]) => /^(FLUO_|GRACE_MS)/.test(name)),
  ),
})
console.log(String(await worker.ready))
