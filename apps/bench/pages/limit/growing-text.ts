/** Text that only ever grows, as plain DOM code shows it: in one text node, or in a block for each line. */
export function growingText(
  element: HTMLElement,
  isBlocks: boolean,
): { append(text: string): void } {
  const node = (): Text => {
    const made = document.createTextNode('')
    const parent = isBlocks ? document.createElement('div') : element
    parent.append(made)
    if (isBlocks) element.append(parent)
    return made
  }
  let last: Text | null = null
  let isOpen = false
  return {
    append(text) {
      const pieces = isBlocks ? text.split(/(?<=\n)/) : [text]
      for (const piece of pieces) {
        if (last === null || (isBlocks && !isOpen)) last = node()
        last.appendData(piece)
        isOpen = !piece.endsWith('\n')
      }
    },
  }
}
