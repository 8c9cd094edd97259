import { FluoProvider, type Labels } from '@fluokit/react'
import { fluoDecorator, type StoryProvider } from '@fluokit/testing/storybook'
import type { Decorator, Preview } from '@storybook/react-vite'
import { createContext, lazy, Suspense, use, type ComponentProps } from 'react'
import { configure } from 'storybook/test'
import chatCss from '../apps/demo/src/chat.css?inline'
import { pseudoLabels } from './pseudo-labels.ts'

// Tests see where a story ends up, not how long it takes to get there.
const isTest = import.meta.env.MODE === 'test'

// A person watches the same play functions at life speed.
configure({ asyncUtilTimeout: 15_000 })

/** The demo's style sheet in a neutral frame, or for `parameters: { unstyled: true }` nothing at all. */
const dress: Decorator = (Story, { parameters, globals, viewMode }) => {
  const { theme, direction, words } = globals as Globals
  document.documentElement.dataset['theme'] = theme
  document.documentElement.dir = direction
  return (
    <WordsContext value={words === 'pseudo' ? pseudoLabels : {}}>
      {parameters['unstyled'] !== true && <style>{chatCss}</style>}
      <div style={{ height: viewMode === 'docs' ? '30rem' : '100vh' }}>
        <Story />
      </div>
    </WordsContext>
  )
}

interface Globals {
  readonly theme: 'light' | 'dark'
  readonly direction: 'ltr' | 'rtl'
  readonly words: 'english' | 'pseudo'
}

const WordsContext = createContext<Partial<Labels>>({})

/** The provider with the words that the toolbar names. */
const WordedProvider: StoryProvider = (props) => (
  <FluoProvider {...props} labels={use(WordsContext)} />
)

// Only when a docs page is opened: tests of stories need none of it.
const DocsPage = lazy(() => import('./docs-page.tsx'))
const DocsContainer = lazy(() => import('./docs-container.tsx'))

const preview: Preview = {
  decorators: [fluoDecorator(WordedProvider), dress],
  globalTypes: {
    theme: {
      description: 'Light or dark',
      toolbar: { icon: 'contrast', items: ['light', 'dark'], dynamicTitle: true },
    },
    direction: {
      description: 'Which way the page runs',
      toolbar: { icon: 'transfer', items: ['ltr', 'rtl'], dynamicTitle: true },
    },
    words: {
      description: 'Every word of the kit in English, or in a language that no one speaks',
      toolbar: { icon: 'globe', items: ['english', 'pseudo'], dynamicTitle: true },
    },
  },
  initialGlobals: { theme: 'light', direction: 'ltr', words: 'english' },
  parameters: {
    a11y: { test: 'error' },
    layout: 'fullscreen',
    fluo: isTest ? { speed: Infinity } : {},
    docs: {
      codePanel: true,
      container: (props: ComponentProps<typeof DocsContainer>) => (
        <Suspense>
          <DocsContainer {...props} />
        </Suspense>
      ),
      page: () => (
        <Suspense>
          <DocsPage />
        </Suspense>
      ),
    },
    options: {
      storySort: {
        order: [
          'ChatThread',
          'Message',
          'Thinking',
          'ToolCall',
          'Composer',
          'Attachment',
          'Suggestions',
          'ThreadList',
        ],
      },
    },
    controls: { exclude: ['ref', 'children', 'className', 'style', 'render', 'thread'] },
  },
  tags: ['autodocs'],
}

export default preview
