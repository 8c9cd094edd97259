import type { FluoEvent } from '../../packages/core/src/wire/index.ts'
import type { Sighting } from './survey.ts'

/** What was seen of each event: how often, how the kit read it, and the paths of its fields with their types. */
export function eventLines(sightings: readonly Sighting[]): readonly string[] {
  const groups = groupBy(sightings, ({ name }) => name)
  return [...groups].flatMap(([name, group]) => [
    '',
    `  ${name}  ×${group.length}`,
    ...decodings(group).map((line) => `    read as ${line}`),
    ...pathLines(
      group.flatMap(({ leaves }) => leaves.map(({ path, type }) => [path, type] as const)),
    ).map((line) => `  ${line}`),
  ])
}

/** How a group was read: each combination of events and the fields found in them, with how often. */
function decodings(group: readonly Sighting[]): readonly string[] {
  const ways = group.map(({ events, isMalformed }) => {
    if (isMalformed) return 'malformed JSON'
    return events.length === 0
      ? 'nothing (a keep-alive, an end mark or no data)'
      : events.map(shapeOf).join(' + ')
  })
  const counts = groupBy(ways, (way) => way)
  if (counts.size === 1) return [...counts.keys()]
  return [...counts].map(([way, list]) => `${way}  ×${list.length}`)
}

function shapeOf(event: FluoEvent): string {
  if (event.type === 'unknown') return 'unknown'
  if (event.type === 'error') return `error { ${Object.keys(event.error).join(', ')} }`
  const fields = Object.keys(event).filter((key) => key !== 'type')
  return `${event.type} { ${fields.join(', ')} }`.replace('{  }', '{ }')
}

/** Paths with every type that was seen at them, each path once. */
export function pathLines(leaves: readonly (readonly [string, string])[]): readonly string[] {
  const byPath = groupBy(leaves, ([path]) => path)
  const lines = [...byPath].map(([path, found]) => {
    const types = [...new Set(found.map(([, type]) => type))]
    return `  ${path}: ${types.join(' | ')}`
  })
  const shown = lines.slice(0, 100)
  return lines.length > shown.length
    ? [...shown, `  and ${lines.length - shown.length} more paths`]
    : shown
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item])
  return groups
}
