import { names } from '../../packages/core/src/wire/payload-names.ts'

const kinds = ['message_delta', 'message_final', 'run_start', 'thinking_part', 'tool_start']
const others = ['tool_end', 'error', 'ping', 'message', 'data', 'delta', 'run', 'role', 'index']

/** Names that the kit itself reads, and so may print wherever they stand. */
const known: ReadonlySet<string> = new Set([
  ...Object.values(names).flat(),
  ...kinds,
  ...others,
  'choices',
  'finish_reason',
  'part_delta_kind',
  'usage',
])

/** Says whether a name of a key or an event may be printed. */
export type IsSafeName = (name: string, place?: 'open' | 'closed') => boolean

/**
 * Names are words: letters, joined by `_`, `-` or `.`, of no great length. What looks like an ID, a number or a
 * sentence is none, and neither is what contains a secret or is also a value in the stream. In a `closed` place,
 * where tools and applications choose the keys, only names that the kit reads are safe.
 */
export function safeNames(secrets: readonly string[], values: ReadonlySet<string>): IsSafeName {
  const hidden = secrets.filter((secret) => secret.length > 2)
  return (name, place = 'open') => {
    if (known.has(name)) return true
    if (hidden.some((secret) => name.includes(secret))) return false
    if (place === 'closed' || values.has(name)) return false
    return (
      name.length <= 40 && /^_?[A-Za-z]{1,20}([_.-][A-Za-z]{1,20}){0,5}$/.test(name) && !isHex(name)
    )
  }
}

/** Letters alone can be an ID, too: hexadecimal ones, and words without a single vowel. */
function isHex(name: string): boolean {
  return /^[a-f_-]{8,}$/i.test(name) || /[^aeiouy_.-]{7,}/i.test(name)
}
