import type { Step } from '@fluokit/testing'
import { say, think } from './say.ts'

/** A longer piece of code with its explanation. */
export function writeCode(): readonly Step[] {
  return [
    ...think('They want code. A small function with its test says more than a description.'),
    ...say(code, 12),
  ]
}

const code = `Here is a function that groups the items of a list, and a test for it.

\`\`\`ts
export function groupBy<Item, Key>(
  items: Iterable<Item>,
  keyOf: (item: Item) => Key,
): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>()
  for (const item of items) {
    const key = keyOf(item)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [item])
    else group.push(item)
  }
  return groups
}

test('groups words by their length', () => {
  const groups = groupBy(['tea', 'milk', 'oat'], (word) => word.length)

  expect(groups.get(3)).toEqual(['tea', 'oat'])
  expect(groups.get(4)).toEqual(['milk'])
})
\`\`\`

A \`Map\` keeps the order in which the groups appeared, and any value can be a key. Node 22 and every current browser have \`Map.groupBy\` built in, which does the same: reach for this only where you need the list of a group before the last item is in.`
