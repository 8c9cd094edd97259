import type { FluoClient } from '@fluokit/core'
import { cleanup, fireEvent, render } from '@testing-library/react'
import {
  createElement,
  createRef,
  StrictMode,
  type CSSProperties,
  type MouseEvent,
  type ReactElement,
  type ReactNode,
  type Ref,
} from 'react'
import { renderToString } from 'react-dom/server'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { FluoProvider } from '../src/index.ts'
import { messageOf } from './chat.tsx'
import { keptListeners, keptSubscribers } from './kept.ts'

/** What the suite gives to a part: props that every part of ours takes. */
export interface CommonProps {
  readonly id?: string
  readonly title?: string
  readonly 'data-testid'?: string
  readonly className?: string | ((state: object) => string | undefined)
  readonly style?: CSSProperties | ((state: object) => CSSProperties | undefined)
  readonly ref?: Ref<Element>
  readonly onClick?: (event: MouseEvent) => void
  readonly render?: ReactElement | ((props: object, state: object) => ReactElement) | undefined
}

export interface PartCase {
  /** The public name: `Composer.Send`. */
  readonly name: string
  readonly tag: string
  /** The part, with these props, in the smallest surroundings in which it shows. */
  readonly inPlace: (props: CommonProps) => ReactNode
  /** The part alone. */
  readonly alone: ReactNode
  /** What its error names when it stands alone. */
  readonly parent: string
  /** Its state in these surroundings, and the attributes that show it. */
  readonly state: Readonly<Record<string, unknown>>
  readonly attributes: Readonly<Record<`data-${string}`, string>>
  /** Whether a server renders it; what waits for the storage comes later. */
  readonly isOnServer: boolean
}

/** Every promise that all headless parts make, checked for one of them. */
export function describePart(part: PartCase, clientOf: () => FluoClient): void {
  const page = (props: CommonProps, client = clientOf()): ReactNode => {
    return (
      <StrictMode>
        <FluoProvider client={client}>{part.inPlace({ id: 'part', ...props })}</FluoProvider>
      </StrictMode>
    )
  }
  const element = (): HTMLElement => {
    const found = document.getElementById('part')
    if (found === null) throw new Error(`${part.name} is not on the page.`)
    return found
  }
  const show = (props: CommonProps): HTMLElement => {
    cleanup()
    render(page(props))
    return element()
  }

  describe(`${part.name}`, () => {
    afterEach(() => void vi.useRealTimers())

    it('renders one element that takes native and data attributes', () => {
      const shown = show({ title: 'a title', 'data-testid': 'x' })

      expect(shown.localName).toBe(part.tag)
      expect(shown.title).toBe('a title')
      expect(shown.dataset['testid']).toBe('x')
    })

    it('shows its name and its state in data attributes, and nothing else there', () => {
      const attributes = attributesOf(show({}), /^data-/)

      expect(attributes).toEqual({
        'data-part': part.name
          .replace(/([a-z])([A-Z])/g, '$1-$2')
          .replace('.', '-')
          .toLowerCase(),
        ...part.attributes,
      })
    })

    it('gives its element to a ref object, and takes it back', () => {
      const ref = createRef<Element>()
      const { unmount } = render(page({ ref }))

      expect(ref.current).toBe(element())
      unmount()
      expect(ref.current).toBeNull()
    })

    it('gives its element to a ref callback once, and calls its cleanup once', () => {
      const giveBack = vi.fn<() => void>()
      const ref = vi.fn<(node: Element | null) => () => void>(() => giveBack)
      const client = clientOf()
      const inPlace = (title: string): ReactNode => (
        <FluoProvider client={client}>{part.inPlace({ id: 'part', ref, title })}</FluoProvider>
      )
      const { rerender, unmount } = render(inPlace('one'))
      const shown = element()

      rerender(inPlace('two'))
      expect(shown.title).toBe('two')
      expect(ref.mock.calls).toEqual([[shown]])
      expect(giveBack).not.toHaveBeenCalled()
      unmount()

      expect(giveBack).toHaveBeenCalledTimes(1)
      expect(ref).toHaveBeenCalledTimes(1)
    })

    it('lets an element of the user take its place, with everything it shows and both refs', () => {
      const plain = show({})
      const attributes = attributesOf(plain, /^(data-|aria-(?!controls)|role$|tabindex$)/)
      const { textContent } = plain
      const ref = createRef<Element>()
      const own = createRef<HTMLElement>()

      const shown = show({ ref, render: <em ref={own} lang="de" /> })

      expect(shown.localName).toBe('em')
      expect(shown.lang).toBe('de')
      expect(ref.current).toBe(shown)
      expect(own.current).toBe(shown)
      expect(attributesOf(shown, /./)).toMatchObject(attributes)
      expect(shown.textContent).toBe(textContent)
    })

    it('keeps its element where one of the same kind comes in its place', () => {
      const client = clientOf()
      const { rerender } = render(page({ render: undefined }, client))
      const shown = element()

      rerender(page({ render: createElement(part.tag) }, client))

      expect(element()).toBe(shown)
    })

    it('renders what a function makes of its props and its state', () => {
      const states: object[] = []
      const shown = show({
        render(props, state) {
          states.push(state)
          return <em {...props} lang="de" />
        },
      })

      expect(shown.localName).toBe('em')
      expect(shown.dataset['part']).toBeDefined()
      expect(states.at(-1)).toEqual(part.state)
    })

    it('takes class and style as values', () => {
      const shown = show({ className: 'mine', style: { top: '1px' } })

      expect(shown.className).toBe('mine')
      expect(shown.style.top).toBe('1px')
    })

    it('takes class and style as functions of its state', () => {
      const states: object[] = []
      const shown = show({
        className(state) {
          states.push(state)
          return 'by-state'
        },
        style(state) {
          states.push(state)
          return { top: '2px' }
        },
      })

      expect(shown.className).toBe('by-state')
      expect(shown.style.top).toBe('2px')
      expect(states.slice(-2)).toEqual([part.state, part.state])
    })

    it('writes no class where none is given', () => {
      expect(show({}).hasAttribute('class')).toBe(false)
      expect(show({ className: () => undefined }).hasAttribute('class')).toBe(false)
    })

    it('calls a handler of the user once', () => {
      const onClick = vi.fn<(event: MouseEvent) => void>((event) => event.preventDefault())

      fireEvent.click(show({ onClick }))

      expect(onClick).toHaveBeenCalledTimes(1)
    })

    it(`renders ${part.isOnServer ? 'itself' : 'nothing'} on a server`, () => {
      expect(renderToString(page({})).includes('id="part"')).toBe(part.isOnServer)
    })

    it('comes alive two seconds after the server has rendered it, without a complaint', () => {
      vi.useFakeTimers({ now: 1_000_000, toFake: ['Date'] })
      const container = document.body.appendChild(document.createElement('div'))
      container.innerHTML = renderToString(page({}))
      vi.setSystemTime(1_002_000)
      const complaints: unknown[] = []

      render(page({}), {
        container,
        hydrate: true,
        onRecoverableError: (error) => void complaints.push(error),
      })

      expect(complaints).toEqual([])
      expect(element().localName).toBe(part.tag)
    })

    it('leaves no timer and no listener behind', () => {
      render(page({})).unmount() // React's own listeners stay on a page for ever
      vi.useFakeTimers({ now: 1_000_000 })
      const kept = keptListeners()
      const client = clientOf()
      const subscribers = keptSubscribers(client)
      const { unmount } = render(page({}, client))
      expect(element()).toBeDefined()

      unmount()

      expect(kept()).toEqual([])
      expect(subscribers()).toBe(0)
      client.dispose() // an open run watches its own clock
      expect(vi.getTimerCount()).toBe(0)
    })

    it(`throws without <${part.parent}>, and names it`, () => {
      expect(messageOf(part.alone)).toContain(`<${part.parent}> above it`)
    })
  })
}

function attributesOf(element: Element, names: RegExp): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...element.attributes]
      .filter(({ name }) => names.test(name))
      .map(({ name, value }) => [name, value]),
  )
}
