import type { Span } from './row-spans.ts'

/** So many turns on either side of the focus stay, for Tab to reach what is in them. */
const beside = 3

/** The index of the row that a node of a list stands in, or null. */
export function rowOf(list: HTMLElement, node: Node | null): number | null {
  const element = node instanceof Element ? node : (node?.parentElement ?? null)
  const row = element?.closest<HTMLElement>('[data-part="chat-thread-row"]')
  if (row === null || row === undefined || !list.contains(row)) return null
  return Number(row.dataset['index'])
}

/** The rows that must not go away while they are out of view: those around the focus, and where a selection begins and ends. */
export function rowsInUse(list: HTMLElement): readonly Span[] {
  const page = list.ownerDocument
  const focused = rowOf(list, page.activeElement)
  const selection = page.getSelection()
  const ends = [selection?.anchorNode ?? null, selection?.focusNode ?? null]
  return [
    ...(focused === null ? [] : [[focused - beside, focused + beside] as const]),
    ...ends.flatMap((node): readonly Span[] => {
      const row = rowOf(list, node)
      return row === null ? [] : [[row, row]]
    }),
  ]
}

/** Every row that a selection reaches over, also from outside of the list; null where it touches none. */
export function selectedRows(list: HTMLElement): Span | null {
  const selection = list.ownerDocument.getSelection()
  if (selection === null || selection.isCollapsed || selection.rangeCount === 0) return null
  const range = selection.getRangeAt(0)
  if (!range.intersectsNode(list)) return null
  return [
    rowOf(list, range.startContainer) ?? 0,
    rowOf(list, range.endContainer) ?? Number.MAX_SAFE_INTEGER,
  ]
}
