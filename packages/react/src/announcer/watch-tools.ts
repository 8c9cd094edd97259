import type { Run } from '@fluokit/core'

/** Tells the tools that a run calls for the first time since the look before, by name. Looks at new parts only. */
export function watchTools(run: Run): (run: Run) => readonly string[] {
  const known = new Set<string>()
  let seen: readonly number[] = [] // how many parts of each message

  function lookAt({ messages }: Run): readonly string[] {
    const names: string[] = []
    messages.forEach(({ parts }, index) => {
      for (let next = seen[index] ?? 0; next < parts.length; next += 1) {
        const part = parts[next]
        if (part?.type !== 'tool-call' || known.has(part.name)) continue
        known.add(part.name)
        names.push(part.name)
      }
    })
    seen = messages.map(({ parts }) => parts.length)
    return names
  }

  lookAt(run)
  return lookAt
}
