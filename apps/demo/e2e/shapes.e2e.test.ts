import { shapes, type ShapeName } from '@fluokit/testing'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openDemo, type OpenDemo, type OpenPage } from './open-demo.ts'

let demo: OpenDemo
let chat: OpenPage

beforeAll(async () => {
  demo = await openDemo({ standIn: { speed: 1.5 } })
})
afterEach(() => chat.page.context().close())
afterAll(() => demo.close())

function threadIds(): readonly (string | null)[] {
  return demo.fluo.requests.map(({ threadId }) => threadId)
}

describe.each(Object.keys(shapes) as ShapeName[])(
  'the demo, with payloads of shape %s',
  (shape) => {
    it('streams thinking, a tool call and an answer, and keeps the thread over turns and a reload', async () => {
      demo.fluo.setShape(shape)
      const before = demo.fluo.requests.length
      chat = await demo.open()

      await chat.send('What is 17 * 23?')
      await chat.log.getByText('I will not guess').waitFor({ state: 'attached' })
      await chat.log.locator('[data-part="tool-call-root"]').waitFor()
      const answer = chat.page.getByRole('article', { name: 'Assistant' }).last()
      await answer.evaluate(countStates)
      await chat.ready()
      const states = Number(await answer.getAttribute('data-test-states'))
      const text = await answer.innerText()
      await chat.send('And what did I ask?')
      await chat.log.getByText('This is turn 2 of our thread').waitFor()
      await chat.ready()
      await chat.page.reload()
      await chat.send('Are you still there?')
      await chat.log.getByText('This is turn 3 of our thread').waitFor()
      await chat.ready()

      expect(states).toBeGreaterThanOrEqual(5)
      expect(text).toContain('calculator')
      expect(text).toContain('17 * 23')
      expect(text).toContain('17 * 23 is 391.')
      expect(text.match(/17 \* 23 is 391\./g)).toHaveLength(1)
      const [first, second, third] = threadIds().slice(before)
      expect(first).toBeNull()
      expect(second).toMatch(/^thread_/)
      expect(third).toBe(second)
      expect(chat.said).toEqual([])
    })
  },
)

/** Runs in the page: writes down how many different texts an element shows, however slow whoever watches it is. */
function countStates(element: Element): void {
  const texts = new Set<string>()
  new MutationObserver(() => {
    texts.add(element.textContent ?? '')
    element.setAttribute('data-test-states', String(texts.size))
  }).observe(element, { childList: true, characterData: true, subtree: true })
}
