import type { FluoClient } from '@fluokit/core'
import type { ReactElement } from 'react'
import { FluoDevtools } from './fluo-devtools.tsx'
import { words } from './words.ts'

/** A plugin as `TanStackDevtools` of `@tanstack/react-devtools` takes it. */
export interface FluoDevtoolsPlugin {
  readonly id: string
  readonly name: string
  readonly render: (
    element: HTMLElement,
    props: { readonly theme: 'light' | 'dark' },
  ) => ReactElement
}

/** The panel as a plugin of TanStack Devtools: `plugins={[fluoDevtoolsPlugin({ client })]}`. Make it once, outside of the component. */
export function fluoDevtoolsPlugin(
  options: { readonly client?: FluoClient } = {},
): FluoDevtoolsPlugin {
  return {
    id: 'fluokit',
    name: words.title,
    render: (_element, { theme }) => <FluoDevtools client={options.client} theme={theme} />,
  }
}
