import type { ReactNode } from 'react'

interface RowProps {
  readonly id: string
  readonly role: string
  readonly children: ReactNode
}

/** The row of a message on every page that makes its own, counted by the bench each time it renders. */
export function Row({ id, role, children }: RowProps): ReactNode {
  window.bench.rendered(id)
  return (
    <div className="row" data-role={role}>
      {children}
    </div>
  )
}
