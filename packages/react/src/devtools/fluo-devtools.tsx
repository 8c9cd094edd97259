'use client'
import type { FluoClient } from '@fluokit/core'
import { use, type ReactNode } from 'react'
import { ClientContext } from '../contexts.ts'
import { useIsHydrated } from '../part/use-is-hydrated.ts'
import { Panel } from './panel.tsx'
import { words } from './words.ts'

export interface FluoDevtoolsProps {
  /** Whose runs are shown. @default that of the FluoProvider above */
  readonly client?: FluoClient | undefined
  /** @default what the page around has: its `color-scheme` */
  readonly theme?: 'light' | 'dark' | undefined
}

/**
 * The runs of a client as they happen: a list of them, and of the chosen one a timeline of events, commits and states. Renders a
 * `<section>` that fills its container, and nothing on a server. Collects while it is mounted, re-renders at most once a frame, and
 * shows text and IDs masked until the person who looks asks for them. In a production build it is another component, that renders nothing.
 */
export function FluoDevtools({ client, theme }: FluoDevtoolsProps): ReactNode {
  const inherited = use(ClientContext)
  const shown = client ?? inherited
  if (!useIsHydrated()) return null
  if (shown === null) return <p role="alert">{words.noClient}</p>
  return <Panel client={shown} theme={theme} />
}
