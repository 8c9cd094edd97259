import { deltaSteps, scripts } from '@fluokit/testing'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { facts, openDemo, type OpenDemo, type OpenPage } from './open-demo.ts'

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

describe('the demo', () => {
  it('stops: the text stays, the upstream closes, and the next send works on the same thread (F46)', async () => {
    demo.fluo.play({
      name: 'long',
      steps: [{ event: { type: 'run_start' } }, ...deltaSteps('word '.repeat(2000), 10)],
    })
    chat = await demo.open()
    await chat.send('Write on')
    await chat.log.getByText('word word word').waitFor()
    const run = demo.fluo.requests.at(-1)

    await chat.stop.click()
    await run?.closed
    await chat.ready()
    const answer = chat.page.getByRole('article', { name: 'Assistant' }).last()
    const kept = await answer.locator('[data-part="message-content"]').innerText()
    const stopped = await answer.locator('[data-part="message-status"]').innerText()
    demo.fluo.play([])
    await chat.send('Go on')
    await chat.log.getByText('You said: “Go on”').waitFor()

    expect(run?.closedBy).toBe('client')
    expect(kept).toMatch(/^word( word)*\s*$/)
    expect(stopped).toBe('Stopped.')
    expect(await chat.input.evaluate((node) => node === document.activeElement)).toBe(true)
    expect(demo.fluo.requests.at(-1)?.threadId).toMatch(/^thread_/)
    expect(chat.said).toEqual([])
  })

  it('does not wait for a server that holds the socket after the final', async () => {
    demo.fluo.play(scripts.heldOpen)
    chat = await demo.open()
    await chat.send('First')
    await chat.ready()
    demo.fluo.play([])

    await chat.send('Second')

    const answer = chat.log.getByText('You said: “Second”')
    await answer.waitFor()
    expect(await answer.count()).toBe(1)
  })

  it('says that a cut answer is not whole, keeps its text, and asks again on Retry (F03)', async () => {
    demo.fluo.play(scripts.interrupted)
    chat = await demo.open()
    await chat.send('Tell me')
    await chat.error.waitFor()
    demo.fluo.play([])

    expect(await chat.log.innerText()).toContain('This answer ends in the middle of a')
    await chat.page.getByRole('button', { name: 'Retry' }).click()
    await chat.log.getByText('You said: “Tell me”').waitFor()

    await chat.error.waitFor({ state: 'hidden' })
    expect(await chat.page.getByRole('article', { name: 'You' }).count()).toBe(1)
    expect(await chat.log.innerText()).toContain('This answer ends in the middle of a')
  })

  it('lets no key, project or raw thread ID cross to the page, whatever the server sends', async () => {
    chat = await demo.open()
    const { page } = chat
    for (const script of [
      scripts.thinkingAndTool,
      scripts.unknownEvent,
      scripts.errorEvent,
      scripts.serverError,
    ]) {
      demo.fluo.play(script)
      await chat.send('Hello')
      await chat.ready()
    }
    await page.reload()

    const ids = [...demo.fluo.threads.keys()]
    const held = await page.evaluate(() => [
      document.documentElement.outerHTML,
      JSON.stringify(Object.entries(sessionStorage)),
      JSON.stringify(Object.entries(localStorage)),
      document.cookie,
      location.href,
    ])
    const everything = [...held, ...chat.crossed, ...chat.said, ...demo.logged].join('\n')
    for (const secret of [facts.apiKey, facts.projectId, ...ids]) {
      expect(everything).not.toContain(secret)
    }
    expect(ids.length).toBeGreaterThan(0)
    expect(everything).toContain('"type":"message_delta"')
    expect(held[2]).toContain('threadRef')
  })
})

describe('the demo with a wrong key', () => {
  it('says so in one plain sentence and keeps the text once', async () => {
    const wrong = await openDemo({ key: 'a-wrong-key' })
    try {
      chat = await wrong.open()
      const { page, log, said } = chat

      await chat.send('Is anyone there?')

      const { error } = chat
      await error.waitFor()
      const text = await error.innerText()
      expect(text).toMatch(/^[A-Z][^.]+\.$/)
      expect((await log.innerText()).match(/Is anyone there\?/g)).toHaveLength(1)
      expect(await page.getByRole('textbox', { name: 'Message' }).inputValue()).toBe('')
      await page.reload()
      await error.waitFor()
      expect((await log.innerText()).match(/Is anyone there\?/g)).toHaveLength(1)
      expect(said).toEqual([])
    } finally {
      await wrong.close()
    }
  })
})
