import { createElement, type ReactNode } from 'react'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import { describe, expect, it } from 'vitest'
import { markdownPayloads } from '../../test/markdown-payloads.ts'
import { PartAround } from '../../test/part-around.tsx'
import { Markdown } from './index.ts'

interface Page {
  readonly body: HTMLElement
  /** What the page was kept from, by directive. */
  readonly violations: string[]
  readonly hits: () => number
}

/** A page that would run nothing but files of its own, would turn no text into elements, and would fetch nothing at all. */
async function strictPage(policy: string): Promise<Page> {
  const frame = document.createElement('iframe')
  frame.srcdoc = `<!doctype html><meta http-equiv="Content-Security-Policy" content="${policy}"><body></body>`
  const loaded = new Promise((resolve) => frame.addEventListener('load', resolve))
  document.body.append(frame)
  await loaded
  const { contentDocument, contentWindow } = frame
  if (contentDocument === null || contentWindow === null) throw new Error('The frame has no page.')
  let hits = 0
  const hit = (): number => (hits += 1)
  Object.assign(contentWindow, { hit, alert: hit })
  Object.assign(window, { hit })
  const violations: string[] = []
  contentDocument.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
    violations.push(effectiveDirective)
  })
  return { body: contentDocument.body, violations, hits: () => hits }
}

function Text({
  text,
  isNewest,
}: {
  readonly text: string
  readonly isNewest: boolean
}): ReactNode {
  const chunks = text === '' ? [] : text.split(/(?<=\n)/)
  return (
    <PartAround part={{ type: 'text', id: 'part', chunks }} isNewest={isNewest}>
      <Markdown.Text />
    </PartAround>
  )
}

const elements =
  /^(div|p|h[1-6]|blockquote|hr|pre|code|ul|ol|li|table|thead|tbody|tr|th|td|strong|em|del|br|a|span|input)$/
const attributes =
  /^(data-[a-z-]+|dir|href|title|rel|target|role|aria-label|tabindex|scope|start|translate|type|value)$/

/** Everything about a page that is not known to be harmless. */
function suspects(body: HTMLElement): readonly string[] {
  return [...body.querySelectorAll('*')].flatMap((element) => {
    const { localName } = element
    const found = elements.test(localName) ? [] : [localName]
    for (const { name, value } of element.attributes) {
      if (!attributes.test(name)) found.push(`${localName} ${name}`)
      if (name === 'href' && !/^(https?:\/\/[^@]*$|mailto:)/.test(value)) found.push(value)
    }
    if (localName === 'input' && element.getAttribute('type') !== 'button') found.push('input')
    if (localName === 'a') {
      const { rel, target } = element as HTMLAnchorElement
      if (rel !== 'noopener noreferrer nofollow' || target !== '_blank') found.push(`rel ${rel}`)
    }
    return found
  })
}

/** Lets what a page would do by itself happen. */
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 50))

/** What is suspect while the payloads grow by so many characters at a time. */
async function streamAll(page: Page, step: number): Promise<readonly string[]> {
  const found: string[] = []
  for (const payload of markdownPayloads) {
    const container = page.body.ownerDocument.createElement('div')
    page.body.append(container)
    const root = createRoot(container)
    const show = (text: string, isNewest: boolean): void => {
      flushSync(() => root.render(createElement(Text, { text, isNewest })))
      found.push(...suspects(container).map((suspect) => `${suspect} in ${payload}`))
    }
    for (let cut = 1; cut <= payload.length; cut += step) show(payload.slice(0, cut), true)
    show(`${payload}\n`, true)
    show(payload, false)
    for (const element of container.querySelectorAll<HTMLElement>('span, code, p, li, td')) {
      element.dispatchEvent(new MouseEvent('mouseover', { bubbles: true }))
      element.click()
    }
    root.unmount()
    container.remove()
  }
  await settle()
  return found
}

const policy = "default-src 'none'; script-src 'self'; require-trusted-types-for 'script'"

describe('Markdown.Text', () => {
  it('runs in a page that notices everything that is not allowed', async () => {
    const page = await strictPage(policy)
    const element = page.body.ownerDocument.createElement('div')
    page.body.append(element)

    expect(() => (element.innerHTML = '<b>x</b>')).toThrow('TrustedHTML')
    const image = page.body.ownerDocument.createElement('img')
    image.src = 'https://evil.example/x.png'
    element.append(image)
    await settle()

    expect(page.violations).toEqual(['require-trusted-types-for', 'img-src'])
    expect(suspects(page.body)).toEqual(['img', 'img src'])
  })

  it('runs nothing, fetches nothing and makes nothing but its own elements, at every cut (T26) (T27) (T29)', async () => {
    expect(markdownPayloads.length).toBeGreaterThanOrEqual(150)
    const page = await strictPage(policy)

    expect(await streamAll(page, 1)).toEqual([])

    expect(page.violations).toEqual([])
    expect(page.hits()).toBe(0)
  }, 120_000)

  it('runs nothing and fetches nothing where no policy would keep it from that (T26) (T27)', async () => {
    const page = await strictPage("base-uri 'self'")
    const before = performance.getEntriesByType('resource').length

    expect(await streamAll(page, 9)).toEqual([])

    const { defaultView } = page.body.ownerDocument
    const asked = defaultView?.performance.getEntriesByType('resource') ?? []
    expect(asked).toEqual([])
    const own = performance.getEntriesByType('resource').slice(before)
    expect(own.filter(({ name }) => !name.startsWith(location.origin))).toEqual([])
    expect(page.hits()).toBe(0)
    expect(page.violations).toEqual([])
  }, 120_000)
})
