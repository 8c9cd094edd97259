import { DocsContainer as Container, type DocsContainerProps } from '@storybook/addon-docs/blocks'
import { useSyncExternalStore, type PropsWithChildren, type ReactNode } from 'react'
import { themes } from 'storybook/theming'

/** What a docs page stands in: light or dark as the stories on it are, which say so on the root element. */
export default function DocsContainer(props: PropsWithChildren<DocsContainerProps>): ReactNode {
  const isDark = useSyncExternalStore(watchRoot, () => root.dataset['theme'] === 'dark')
  return <Container {...props} theme={isDark ? themes.dark : themes.light} />
}

const root = document.documentElement

function watchRoot(onChange: () => void): () => void {
  const observer = new MutationObserver(onChange)
  observer.observe(root, { attributeFilter: ['data-theme'] })
  return () => observer.disconnect()
}
