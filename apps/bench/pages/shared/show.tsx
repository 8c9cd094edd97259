import type { ReactNode } from 'react'
import { createRoot } from 'react-dom/client'

/** Renders a page's chat once the bench opens it. */
export function show(render: () => ReactNode): void {
  const root = document.getElementById('root')
  if (root === null) throw new Error('The page has no root.')
  window.bench.open = () => createRoot(root).render(render())
}
