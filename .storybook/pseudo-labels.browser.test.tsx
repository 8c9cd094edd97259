import { composeStory, type Meta, type StoryFn } from '@storybook/react-vite'
import type { ComponentType, ReactNode } from 'react'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { render } from 'vitest-browser-react'
import preview from './preview.tsx'

// The devtools are for developers, in English only, and say so to who translates pages.
const modules = import.meta.glob<Record<string, unknown>>(
  ['../packages/react/src/**/*.stories.tsx', '!../packages/react/src/devtools/*'],
  {
    eager: true,
  },
)

const inPseudo = {
  ...preview,
  initialGlobals: { ...preview.initialGlobals, words: 'pseudo' },
} as const

const stories = Object.values(modules).flatMap((module) => {
  const meta = module['default'] as Meta
  return Object.entries(module)
    .filter(([name]) => name !== 'default')
    .map(([name, story]) => ({
      name: `${meta.title} ${name}`,
      Story: composeStory(story as StoryFn, meta, inPseudo) as ComponentType,
    }))
})

/** What people and agents wrote stands in `dir="auto"`, and what a story adds is not to be translated: neither is the kit's. */
const theirs = '[dir="auto"], bdi, [translate="no"], script, style'
const spoken = [
  'aria-label',
  'aria-valuetext',
  'aria-roledescription',
  'title',
  'placeholder',
  'alt',
  'value',
]

/** Every word of ours in an element that is seen or spoken. */
function wordsIn(element: Element): readonly string[] {
  const found: string[] = []
  const written = [...element.querySelectorAll('[dir="auto"]')].map((own) => own.textContent)
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    if (node instanceof Element) {
      if (node.closest('[translate="no"]') === null) {
        for (const name of spoken) found.push(node.getAttribute(name) ?? '')
      }
    } else if (node.parentElement?.closest(theirs) === null) {
      const text = node.nodeValue ?? ''
      // Sentence by sentence the announcer says again what the agent wrote.
      const isAnnounced = node.parentElement.closest('[data-part="chat-thread-announcer"]') !== null
      if (!isAnnounced || !written.some((own) => own.includes(text))) found.push(text)
    }
  }
  return found.filter((text) => text.trim() !== '')
}

/** What is left of a text without what stands in the brackets of the pseudo language, which may stand in others. */
function english(text: string): string {
  const rest = text.replaceAll(/⟦[^⟦⟧]*⟧/g, '')
  return rest === text ? text : english(rest)
}

describe('in words of no language', () => {
  const words = new Map<string, readonly string[]>()

  beforeAll(async () => {
    const page = (
      <>
        {stories.map(({ name, Story }): ReactNode => (
          <div key={name} data-story={name}>
            <Story />
          </div>
        ))}
      </>
    )
    // What some stories throw is what they are about, and is reported where they are played.
    const report = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    await render(page)
    report.mockRestore()
    // Longer than the longest wait of the kit before it says something.
    await new Promise((resolve) => setTimeout(resolve, 2500))
    for (const element of document.querySelectorAll('[data-story]')) {
      words.set(element.getAttribute('data-story') ?? '', wordsIn(element))
    }
  })

  it('there are stories', () => {
    expect(stories.length).toBeGreaterThan(100)
  })

  it.each(stories)('$name has no English word left (A11y 26)', ({ name }) => {
    const seen = words.get(name) ?? []

    expect(seen.length).toBeGreaterThan(0)
    expect(seen.filter((text) => /[a-z]/i.test(english(text)))).toEqual([])
  })
})
