/** Whether the browser holds what is read in its place by itself when something above it changes. Safari does from 27 on. */
export function isAnchored(log: HTMLElement): boolean {
  return getComputedStyle(log).overflowAnchor === 'auto'
}
