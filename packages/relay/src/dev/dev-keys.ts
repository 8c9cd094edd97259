import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fromBase64url, toBase64url } from '../thread/base64url.ts'

export interface DevKeys {
  readonly seal: Uint8Array
  readonly cookie: Uint8Array
}

/**
 * The keys of a development server, made once and kept beside Vite's own cache for the owner's eyes only, so that
 * handles and cookies outlive a restart. Where nothing can be written they last as long as the process.
 */
export function readDevKeys(root: string, warn: (sentence: string) => void): DevKeys {
  const folder = join(root, 'node_modules', '.cache', 'fluokit')
  const file = join(folder, 'dev-keys.json')
  const kept = read(file)
  if (kept !== null) return kept
  const made = { seal: randomKey(), cookie: randomKey() }
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const text = JSON.stringify({ seal: toBase64url(made.seal), cookie: toBase64url(made.cookie) })
    // `wx`: of two servers that start at once, one writes and the other reads what it wrote.
    writeFileSync(file, text, { mode: 0o600, flag: 'wx' })
    return made
  } catch {
    const others = read(file)
    if (others !== null) return others
    warn(
      `fluo relay: ${file} cannot be used and should be deleted; until then conversations end with this server.`,
    )
    return made
  }
}

function read(file: string): DevKeys | null {
  try {
    const kept: unknown = JSON.parse(readFileSync(file, 'utf8'))
    if (typeof kept !== 'object' || kept === null) return null
    const seal = 'seal' in kept ? keyOf(kept.seal) : null
    const cookie = 'cookie' in kept ? keyOf(kept.cookie) : null
    return seal === null || cookie === null ? null : { seal, cookie }
  } catch {
    return null
  }
}

function keyOf(text: unknown): Uint8Array | null {
  const key = typeof text === 'string' ? fromBase64url(text) : null
  return key?.byteLength === 32 ? key : null
}

function randomKey(): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(32))
}
