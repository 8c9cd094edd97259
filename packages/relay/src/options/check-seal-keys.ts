import type { SealKey } from '../thread/create-sealer.ts'
import { isWeakKey } from './weak-key.ts'

/** Throws an `Error` of one sentence, without a value, unless these keys can seal and rotate. */
export function checkSealKeys(sealKeys: readonly SealKey[]): void {
  if (!Array.isArray(sealKeys) || sealKeys.length === 0) {
    throw new Error('createRelay: sealKeys must hold at least one key of 32 random bytes.')
  }
  for (const { id, key } of sealKeys) {
    if (typeof id !== 'string' || !/^[\w-]{1,16}$/.test(id)) {
      throw new Error('createRelay: the id of a seal key must be 1 to 16 letters, digits, - or _.')
    }
    if (!(key instanceof Uint8Array) || key.byteLength !== 32) {
      throw new Error('createRelay: each of sealKeys must be exactly 32 bytes long.')
    }
    if (isWeakKey(key)) {
      throw new Error(
        'createRelay: each of sealKeys must be 32 random bytes, decoded from text such as that of `openssl rand -base64 32`.',
      )
    }
  }
  if (new Set(sealKeys.map(({ id }) => id)).size !== sealKeys.length) {
    throw new Error('createRelay: each of sealKeys needs an id of its own.')
  }
  if (new Set(sealKeys.map(({ key }) => key.join())).size !== sealKeys.length) {
    throw new Error('createRelay: each of sealKeys must be another key.')
  }
}
