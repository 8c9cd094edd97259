import type { Run } from '@fluokit/core'

/** Tells the tools that a run calls for the first time since the look before, by name. Looks at new parts only. */
export function watchTools(run: Run): (run: Run) => readonly string[] {
  const known = new Set<string>()
  let messages = 0 // all before the newest, which is seen as far as `parts`
  let parts = 0

  function lookAt(next: Run): readonly string[] {
    const newest = Math.max(0, next.messages.length - 1)
    const length = next.messages[newest]?.parts.length ?? 0
    if (newest === messages && length === parts) return []
    const names: string[] = []
    for (const message of next.messages.slice(messages)) {
      for (const part of message.parts.slice(parts)) {
        if (part.type !== 'tool-call' || known.has(part.name)) continue
        known.add(part.name)
        names.push(part.name)
      }
      parts = 0
    }
    messages = newest
    parts = length
    return names
  }

  lookAt(run)
  return lookAt
}
