import type { Message, Part, Run, Turn } from '@fluokit/core'

/** Whether a turn differs from what it was in the text of the newest part of an open message, and in nothing else. */
export function isGrown(before: Turn, now: Turn): boolean {
  const run = lastPair(before, now, 'runs', before.runs, now.runs)
  const message = run && lastPair(...run, 'messages', run[0].messages, run[1].messages)
  // What has ended is followed by nobody: a final that comes once more may still say more.
  const isOpen = run?.[1].end === null && message?.[1].isFinal === false
  const part = isOpen ? lastPair(...message, 'parts', message[0].parts, message[1].parts) : null
  return part !== null && isOtherText(...part)
}

type Pair<T> = readonly [before: T, now: T]

/** The last items of two lists, where these and their owners are the same but for the last items. */
function lastPair<Owner extends Turn | Run | Message, Item>(
  before: Owner,
  now: Owner,
  listed: string,
  items: readonly Item[],
  nextItems: readonly Item[],
): Pair<Item> | null {
  const last = items.length - 1
  const [item, nextItem] = [items[last], nextItems[last]]
  const isSame =
    nextItems.length === items.length &&
    nextItems.every((next, index) => index === last || next === items[index]) &&
    isSameBut(before, now, listed)
  return isSame && item !== undefined && nextItem !== undefined ? [item, nextItem] : null
}

/** Where there is no text at all, more than the text changes: nothing is shown of it. */
function isOtherText(before: Part, now: Part): boolean {
  const areTexts = 'chunks' in before && 'chunks' in now
  return (
    areTexts &&
    before.chunks.length > 0 &&
    now.chunks.length > 0 &&
    isSameBut(before, now, 'chunks')
  )
}

function isSameBut(before: object, now: object, except: string): boolean {
  const names = Object.keys(now)
  return (
    names.length === Object.keys(before).length &&
    names.every(
      (name) =>
        name === except || (name in before && Reflect.get(before, name) === Reflect.get(now, name)),
    )
  )
}
