import { groupSize } from './group-lines.ts'

/** The lines of a text on the page. */
export interface Lines {
  /** Has these lines stand there: nothing but what differs from the last ones is touched. */
  write(texts: readonly string[]): void
}

/** Writes lines into an element that has the first ones, and takes these over. What somebody else puts between them, such as a translation, is none. */
export function createLines(element: Element, first: readonly string[]): Lines {
  const boxes = [element, ...Array.from(element.children).slice(groupSize)]
  const lines = [...Array.from(element.children).slice(0, groupSize), ...linesIn(boxes.slice(1))]
  let shown = first

  function add(text: string): void {
    const line = element.ownerDocument.createElement('div')
    line.textContent = text
    boxOf(lines.length).append(line)
    lines.push(line)
  }

  function boxOf(index: number): Element {
    const place = Math.floor(index / groupSize)
    const known = boxes[place]
    if (known !== undefined) return known
    const box = element.ownerDocument.createElement('div')
    element.append(box)
    boxes.push(box)
    return box
  }

  function removeLast(): void {
    lines.pop()?.remove()
    const isEmpty = lines.length > 0 && lines.length % groupSize === 0
    if (isEmpty) boxes.pop()?.remove()
  }

  return {
    write(texts) {
      if (texts === shown) return
      texts.forEach((text, index) => {
        const line = lines[index]
        const before = shown[index]
        if (line === undefined || before === undefined) add(text)
        else if (text !== before) change(line, before, text)
      })
      while (lines.length > texts.length) removeLast()
      shown = texts
    },
  }
}

function linesIn(boxes: readonly Element[]): readonly Element[] {
  return boxes.flatMap((box) => Array.from(box.children))
}

function change(line: Element, before: string, text: string): void {
  const node = line.firstChild
  // Unless something else has written there, such as a translation of the page.
  const isOurs = node?.nodeType === 3 && node === line.lastChild
  const words = isOurs ? (node as Text) : null
  if (words?.length === before.length && text.startsWith(before)) {
    words.appendData(text.slice(before.length))
  } else line.textContent = text
}
