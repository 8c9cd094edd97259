import { createElement, Fragment, type ReactNode } from 'react'
import type { FluoDevtoolsPlugin } from './plugin.tsx'
import type { Recording } from './record.ts'

// What an application's production build has in the place of the devtools: the same names, and nothing behind them.

/** Renders nothing. */
export function FluoDevtools(): ReactNode {
  return null
}

/** A plugin that renders nothing. */
export function fluoDevtoolsPlugin(): FluoDevtoolsPlugin {
  return { id: 'fluokit', name: 'Fluokit', render: () => createElement(Fragment) }
}

/** Records nothing. */
export function record(): Recording {
  return {
    runs: () => [],
    exportRun: () => ({ name: '', note: '', steps: [], source: '', json: '' }),
    end: () => undefined,
  }
}
