import { createFluoClient, memoryStorage } from '@fluokit/core'
import { defineScript, scriptedTransport, scripts } from '@fluokit/testing'
import { TanStackDevtools } from '@tanstack/react-devtools'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import { FluoDevtools, fluoDevtoolsPlugin } from './index.ts'

function setup() {
  const { transport } = scriptedTransport(scripts.longAnswer, { speed: Infinity })
  const client = createFluoClient({ transport, userScope: null, storage: memoryStorage() })
  const ask = () => client.thread({ agentId: 'agent' }).send('Which policy?')
  return { client, ask }
}

afterEach(() => localStorage.clear())

describe('FluoDevtools', () => {
  it('is a plugin of TanStack Devtools, in its theme', async () => {
    const { client, ask } = setup()
    await render(
      <TanStackDevtools
        config={{ defaultOpen: true, theme: 'dark' }}
        plugins={[{ ...fluoDevtoolsPlugin({ client }), defaultOpen: true }]}
      />,
    )
    await expect.element(page.getByText('No run yet.', { exact: false })).toBeVisible()
    await ask()

    await expect.element(page.getByRole('radio', { name: /Run 1.*done/ })).toBeInTheDocument()
    const panel = page.getByRole('region', { name: 'Fluokit devtools' }).element()
    expect(getComputedStyle(panel).colorScheme).toBe('dark')
    expect(getComputedStyle(panel).display).toBe('flex')
  })

  it('styles itself, in a shadow root as well, and nothing else on the page', async () => {
    const { client } = setup()
    const styleOf = (element: Element) => {
      const style = getComputedStyle(element)
      return Array.from(style, (name) => `${name}: ${style.getPropertyValue(name)}`)
    }
    const others = document.createElement('div')
    others.innerHTML =
      '<table><tr><td>cell</td></tr></table><button>one</button><fieldset></fieldset>'
    document.body.append(others)
    const elements = [...others.querySelectorAll('*')]
    const before = elements.map(styleOf)
    const { unmount } = await render(<FluoDevtools client={client} />)
    await expect.element(page.getByRole('region')).toBeVisible()

    expect(elements.map(styleOf)).toEqual(before)
    expect(document.adoptedStyleSheets).toHaveLength(1)
    await unmount()
    expect(document.adoptedStyleSheets).toHaveLength(0)

    const shadow = document.createElement('div').attachShadow({ mode: 'open' })
    document.body.append(shadow.host)
    const inside = await render(<FluoDevtools client={client} />, {
      container: shadow.appendChild(document.createElement('div')),
    })
    expect(shadow.adoptedStyleSheets).toHaveLength(1)
    expect(document.adoptedStyleSheets).toHaveLength(0)
    await inside.unmount()
    shadow.host.remove()
    others.remove()
  })

  it('has the rows near the view only, each as tall as it is taken to be, and stays at its end', async () => {
    const usage = { event: { type: 'unknown', event: 'usage', raw: '1' } } as const
    const many = defineScript('many', [
      ...Array.from({ length: 1500 }, () => usage),
      { waitMs: 1 },
      usage,
      { fault: 'stall' },
    ])
    const { transport } = scriptedTransport(many, { speed: Infinity })
    const client = createFluoClient({ transport, userScope: null, storage: memoryStorage() })
    await render(
      <div style={{ height: 500 }}>
        <FluoDevtools client={client} />
      </div>,
    )
    void client.thread({ agentId: 'agent' }).send('Hi')
    const table = page.getByRole('table')
    await vi.waitFor(() =>
      expect(Number(table.element().getAttribute('aria-rowcount'))).toBeGreaterThan(1503),
    )
    const scroller = table.element().parentElement as HTMLElement
    const shown = () => [...scroller.querySelectorAll('tbody tr:not([aria-hidden])')]
    const last = () => shown().at(-1)?.getAttribute('aria-rowindex')
    await vi.waitFor(() => expect(last()).toBe(table.element().getAttribute('aria-rowcount')))
    expect(scroller.scrollTop + scroller.clientHeight).toBeGreaterThan(scroller.scrollHeight - 26)
    expect(new Set(shown().map((row) => row.getBoundingClientRect().height))).toEqual(new Set([26]))
    expect(shown().length).toBeLessThan(60)

    scroller.scrollTop = 700 * 26
    await vi.waitFor(() => {
      const { top } = scroller.getBoundingClientRect()
      const row = shown().find((one) => one.getAttribute('aria-rowindex') === '702')
      expect(Math.abs((row?.getBoundingClientRect().top ?? 0) - top - 26)).toBeLessThan(2)
    })
    await client.thread({ agentId: 'agent' }).stop()
  })

  it('is used by keys: the switch, Clear, the runs, the timeline and the exports, in this order', async () => {
    const { client, ask } = setup()
    await render(
      <div style={{ height: 500 }}>
        <FluoDevtools client={client} />
      </div>,
    )
    await ask()
    await ask()
    await expect.element(page.getByRole('radio', { name: /Run 2.*done/ })).toBeInTheDocument()
    const stops: (string | null | undefined)[] = []
    for (let at = 0; at < 7; at += 1) {
      await userEvent.tab()
      const { activeElement } = document
      stops.push(
        activeElement?.getAttribute('aria-label') ?? activeElement?.parentElement?.textContent,
      )
      if (activeElement instanceof HTMLButtonElement) stops.splice(-1, 1, activeElement.textContent)
    }
    expect(stops).toEqual([
      'Show text and IDs',
      'Clear',
      expect.stringMatching(/^Run 2/) as string,
      'Timeline',
      'Copy script',
      'Download .ts',
      'Download .json',
    ])
  })
})
