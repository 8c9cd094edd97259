import { FluoProvider } from '@fluokit/react'
import { fluoDecorator } from '@fluokit/testing/storybook'
import type { Decorator, Preview } from '@storybook/react-vite'
import { configure } from 'storybook/test'
import chatCss from '../apps/demo/src/chat.css?inline'

// Tests see where a story ends up, not how long it takes to get there.
const isTest = import.meta.env.MODE === 'test'

// A person watches the same play functions at life speed.
configure({ asyncUtilTimeout: 15_000 })

/** The demo's style sheet in a neutral frame, or for `parameters: { unstyled: true }` nothing at all. */
const dress: Decorator = (Story, { parameters, globals, viewMode }) => {
  const theme = globals['theme'] as 'light' | 'dark'
  document.documentElement.dataset['theme'] = theme
  return (
    <>
      {parameters['unstyled'] !== true && <style>{chatCss}</style>}
      <div style={{ height: viewMode === 'docs' ? '30rem' : '100vh' }}>
        <Story />
      </div>
    </>
  )
}

const preview: Preview = {
  decorators: [fluoDecorator(FluoProvider), dress],
  globalTypes: {
    theme: {
      description: 'Light or dark',
      toolbar: { icon: 'contrast', items: ['light', 'dark'], dynamicTitle: true },
    },
  },
  initialGlobals: { theme: 'light' },
  parameters: {
    a11y: { test: 'error' },
    layout: 'fullscreen',
    fluo: isTest ? { speed: Infinity } : {},
    docs: { codePanel: true },
    controls: { exclude: ['ref', 'children', 'className', 'style', 'render', 'thread'] },
  },
  tags: ['autodocs'],
}

export default preview
