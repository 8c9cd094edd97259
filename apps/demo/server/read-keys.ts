import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

export interface Keys {
  readonly seal: Uint8Array
  readonly cookie: Uint8Array
}

/** The demo's own keys, made once and kept in a git-ignored file, so that threads go on after a restart. */
export function readKeys(file: string): Keys {
  try {
    const stored: unknown = JSON.parse(readFileSync(file, 'utf8'))
    if (isStored(stored)) return { seal: decode(stored.seal), cookie: decode(stored.cookie) }
  } catch {
    // There is none yet, or none that can be read: new keys begin new threads, and that is all.
  }
  const keys = { seal: randomBytes(32), cookie: randomBytes(32) }
  mkdirSync(dirname(file), { recursive: true })
  const text = JSON.stringify({
    seal: keys.seal.toString('base64'),
    cookie: keys.cookie.toString('base64'),
  })
  writeFileSync(file, text, { mode: 0o600 })
  return keys
}

function isStored(value: unknown): value is { seal: string; cookie: string } {
  if (typeof value !== 'object' || value === null) return false
  const { seal, cookie } = value as { seal?: unknown; cookie?: unknown }
  return [seal, cookie].every((key) => typeof key === 'string' && decode(key).length === 32)
}

function decode(text: string): Uint8Array {
  return Buffer.from(text, 'base64')
}
