/**
 * Calls `onSize` when a log or one of its children, but for the `space`, has another size, before that is painted, and
 * `onChild` when a child came or went. A child costs something when it comes, and nothing while others grow.
 */
export function observeSizes(
  log: HTMLElement,
  space: HTMLElement | null,
  onSize: () => void,
  onChild: () => void,
): () => void {
  const sizes = new ResizeObserver(onSize)
  const observe = (node: Node): void => {
    if (node instanceof Element && node !== space) sizes.observe(node)
  }
  const children = new MutationObserver((changes) => {
    for (const { addedNodes, removedNodes } of changes) {
      for (const node of removedNodes) if (node instanceof Element) sizes.unobserve(node)
      for (const node of addedNodes) observe(node)
    }
    onChild()
  })
  observe(log)
  for (const child of log.children) observe(child)
  children.observe(log, { childList: true })
  return () => {
    children.disconnect()
    sizes.disconnect()
  }
}
