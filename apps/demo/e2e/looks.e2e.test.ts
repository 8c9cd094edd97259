import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { scripts } from '@fluokit/testing'
import type { Locator } from 'playwright'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openDemo, type OpenDemo, type OpenPage } from './open-demo.ts'

let demo: OpenDemo
let chat: OpenPage

beforeAll(async () => {
  demo = await openDemo()
})
afterEach(async () => {
  await chat.page.context().close()
  demo.fluo.play([])
})
afterAll(() => demo.close())

const part = (name: string): Locator => chat.page.locator(`[data-part="${name}"]`)

/** Where an element stands in the view, in pixels. */
async function boxOf(
  locator: Locator,
): Promise<{ start: number; end: number; top: number; bottom: number }> {
  const box = await locator.boundingBox()
  if (box === null) throw new Error('It is not shown.')
  return { start: box.x, end: box.x + box.width, top: box.y, bottom: box.y + box.height }
}

/** The computed value of a style property. */
const styleOf = (locator: Locator, property: string, pseudo?: string): Promise<string> =>
  locator.evaluate((element, [name, of]) => getComputedStyle(element, of).getPropertyValue(name), [
    property,
    pseudo,
  ] as const)

describe('the demo', () => {
  it.each([
    ['320 pixels', { width: 320, height: 640 }],
    ['1280 by 1024 at 400 % zoom', { width: 320, height: 256 }],
  ])('loses nothing at %s, and keeps the composer in view (A11y 33)', async (_, viewport) => {
    demo.fluo.play([scripts.thinkingAndTool, scripts.codeAnswer, scripts.errorEvent])
    chat = await demo.open({ viewport })
    for (const question of ['One', 'Two', 'Three']) {
      await chat.send(question)
      await chat.ready()
    }
    await part('tool-call-trigger').first().click()
    await part('chat-thread-retry').waitFor()

    const widths = await chat.page.evaluate(() => [
      document.documentElement.scrollWidth - innerWidth,
      ...[...document.querySelectorAll('[data-part]')].map((element) => {
        const { left, right } = element.getBoundingClientRect()
        return Math.max(-left, right - innerWidth)
      }),
    ])
    const hidden = 2 // what is there for screen readers only stands a pixel outside
    expect(Math.max(...widths)).toBeLessThanOrEqual(hidden)
    const composer = await boxOf(part('composer-root'))
    expect(composer.bottom).toBeLessThanOrEqual(viewport.height)
    expect(composer.bottom - composer.top).toBeLessThan(viewport.height / 2)
    await chat.log.evaluate((log) => log.scrollTo(0, log.scrollHeight))
    expect((await boxOf(part('chat-thread-retry'))).bottom).toBeLessThanOrEqual(composer.top + 1)
  })

  it('shows state without colour, and where the focus is, in forced colours (A11y 32)', async () => {
    demo.fluo.play([scripts.toolFails, scripts.errorEvent])
    chat = await demo.open({ forcedColors: 'active' })
    await chat.send('One')
    await chat.ready()
    await chat.send('Two')
    await chat.ready()

    expect(await styleOf(part('message-content').first(), 'border-top-style')).toBe('solid')
    expect(await styleOf(part('composer-send'), 'border-top-style')).toBe('solid')
    expect(await part('tool-call-status').innerText()).toBe('failed')
    expect(await part('chat-thread-error').innerText()).toMatch(/\w/)
    expect(await styleOf(part('chat-thread-error'), 'border-top-style', '::before')).toBe('solid')
    await part('chat-thread-retry').focus()
    await chat.page.keyboard.press('Shift+Tab')
    await chat.page.keyboard.press('Tab')
    expect(await styleOf(part('chat-thread-retry'), 'outline-style')).toBe('solid')
    const fill = await styleOf(part('chat-thread-retry').locator('path').first(), 'stroke')
    expect(fill).not.toBe(await styleOf(part('chat-thread-retry'), 'background-color'))
  })

  it('runs from right to left as a whole, with its arrows mirrored (A11y 30)', async () => {
    chat = await demo.open({ viewport: { width: 900, height: 700 }, reducedMotion: 'reduce' })
    const ask = async (dir: 'ltr' | 'rtl'): Promise<readonly number[]> => {
      await chat.page.evaluate((value) => (document.documentElement.dir = value), dir)
      const log = await boxOf(chat.log)
      const [question, send, thinking] = await Promise.all(
        ['message-content', 'composer-send', 'thinking-trigger'].map((name) =>
          boxOf(part(name).first()),
        ),
      )
      const fromStart = (edge: number): number =>
        Math.round(dir === 'ltr' ? edge - log.start : log.end - edge)
      return [question, send, thinking].map((box) => {
        if (box === undefined) throw new Error('It is not shown.')
        return fromStart(dir === 'ltr' ? box.start : box.end)
      })
    }
    demo.fluo.play(scripts.thinkingAndTool)
    await chat.send('Hello')
    await chat.ready()

    const ltr = await ask('ltr')
    const arrow = await styleOf(part('thinking-trigger'), 'transform', '::before')
    const rtl = await ask('rtl')
    for (const [index, place] of rtl.entries()) {
      expect(Math.abs(place - (ltr[index] ?? Number.NaN))).toBeLessThanOrEqual(1)
    }
    expect(await styleOf(part('thinking-trigger'), 'transform', '::before')).not.toBe(arrow)
  })

  it.each(['chat.css', 'page.css'])('names no left and no right in %s (A11y 30)', async (file) => {
    chat = await demo.open()
    const css = readFileSync(join(import.meta.dirname, '../src', file), 'utf8')
      .replaceAll(/\/\*[^]*?\*\//g, '')
      .replaceAll(/safe-area-inset-(left|right)/g, '')

    expect(css.match(/\b(left|right)\b/g) ?? []).toEqual([])
  })

  it('moves nothing under reduced motion (A11y 31)', async () => {
    demo.fluo.play({
      name: 'silence',
      steps: [{ event: { type: 'run_start' } }, { fault: 'stall' }],
    })
    chat = await demo.open({ reducedMotion: 'reduce' })
    await chat.send('Hello')
    await chat.page.locator('[data-part="message-root"][data-status="pending"]').waitFor()

    const moving = await chat.page.evaluate(() => document.getAnimations().length)

    expect(moving).toBe(0)
  })

  it('gives the input the focus on a page with a fine pointer, and never with a coarse one (A11y 17)', async () => {
    chat = await demo.open()
    const isFocused = (): Promise<boolean> =>
      chat.input.evaluate((node) => node === document.activeElement)
    expect(await isFocused()).toBe(true)
    await chat.page.context().close()

    chat = await demo.open({
      hasTouch: true,
      isMobile: true,
      viewport: { width: 390, height: 800 },
    })

    expect(await isFocused()).toBe(false)
  })
})
