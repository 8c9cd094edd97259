import { Children, type ReactNode } from 'react'

/** The name of a control whose children have none: undefined where they hold text, which is the name people see. */
export function nameOfIcon(children: ReactNode, label: string): string | undefined {
  const all = Children.toArray(children)
  const hasText = all.some((child) => typeof child === 'string' || typeof child === 'number')
  return all.length === 0 || hasText ? undefined : label
}
