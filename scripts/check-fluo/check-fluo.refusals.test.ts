import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { defineScript, scripts } from '../../packages/testing/src/index.ts'
import {
  canaries,
  check,
  closers,
  folder,
  secretRun,
  serve,
  serveStream,
  standIn,
  words,
} from './__fixtures__/run-check.ts'

describe('checkFluo, when there is no stream', () => {
  it.each([400, 401, 403, 404, 409, 413, 415, 418, 422, 429, 500, 502, 503, 504])(
    'explains %i in a sentence, and shows the shape of its body',
    async (status) => {
      const script = defineScript('refusal', [{ status, detail: words, retryAfter: '7' }])
      const { code, output } = await check((await standIn('flat', script)).url)
      expect(code).toBe(1)
      expect(output).toContain(`(${status})`)
      expect(output).toContain('body.detail: string')
      expect(output).toContain('retry-after')
      for (const canary of canaries) expect(output).not.toContain(canary)
    },
  )

  it('follows no redirect', async () => {
    let calls = 0
    const url = await serve((_request, response) => {
      calls += 1
      response.writeHead(307, { location: '/elsewhere' }).end()
    })
    const { code, output } = await check(url)
    expect([code, calls]).toEqual([1, 1])
    expect(output).toContain('redirect (307)')
  })

  it('says that a page is no event stream', async () => {
    const url = await serve((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<p>walrus</p>')
    })
    const { code, output } = await check(url)
    expect(code).toBe(1)
    expect(output).toContain('no event stream (200)')
    expect(output).not.toContain('walrus')
  })

  it.each([
    [scripts.reset, 'The connection broke'],
    [scripts.stalled, 'fell silent'],
  ])('says how a stream ended that did not end well', async (script, sentence) => {
    const { code, output } = await check((await standIn('flat', script)).url)
    expect(code).toBe(1)
    expect(output).toContain(sentence)
  })

  it('says that nothing answers', async () => {
    const url = await serveStream('')
    for (const close of closers.splice(0)) await close()
    const { code, output } = await check(url)
    expect(code).toBe(1)
    expect(output).toContain('could not be reached (ECONNREFUSED)')
  })

  describe('before anything is asked', () => {
    it.each(['FLUO_API_KEY', 'FLUO_PROJECT_ID', 'FLUO_AGENT_ID'])(
      'names %s when it is missing',
      async (name) => {
        const fluo = await standIn('flat', scripts.greeting)
        const { code, output } = await check(fluo.url, ['--yes'], { env: { [name]: '' } })
        expect(code).toBe(2)
        expect(output).toBe(
          `Set ${name} in the environment or in a .env file in the root of the repository.`,
        )
        expect(fluo.requests).toHaveLength(0)
      },
    )

    it.each([
      'http://example.com',
      'https://key@example.com',
      'not a URL',
      'https://example.com?key=1',
    ])('refuses %s as a base', async (url) => {
      const { code, output } = await check(url)
      expect(code).toBe(2)
      expect(output).not.toContain(url)
    })

    it('says that a turn may cost money, and stops where nobody can confirm it', async () => {
      const fluo = await standIn('flat', scripts.greeting)
      const { code, output } = await check(fluo.url, [])
      expect(code).toBe(2)
      expect(output).toContain('may cost money')
      expect(output).toContain('--yes')
      expect(fluo.requests).toHaveLength(0)
    })

    it.each([
      ['', 2, 0],
      ['n', 2, 0],
      ['y', 0, 1],
      ['Yes', 0, 1],
    ])(
      'takes "%s" on a terminal as exit %i after %i requests',
      async (answer, expected, requests) => {
        const fluo = await standIn('flat', scripts.greeting)
        const { code } = await check(fluo.url, [], { answers: [answer] })
        expect(code).toBe(expected)
        expect(fluo.requests).toHaveLength(requests)
      },
    )

    it('refuses flags it does not know and files that exist', async () => {
      const fluo = await standIn('flat', scripts.greeting)
      expect((await check(fluo.url, ['--yes', '--speed'])).code).toBe(2)
      expect((await check(fluo.url, ['--yes', '--fixture', import.meta.filename])).code).toBe(2)
      expect(fluo.requests).toHaveLength(0)
    })
  })

  it('asks on a terminal where the fixture goes', async () => {
    const file = join(folder, 'asked.sse')
    const { code } = await check((await standIn('flat', secretRun)).url, [], {
      answers: ['y', file],
    })
    expect(code).toBe(0)
    expect(readFileSync(file, 'utf8')).toContain('event: message_delta\ndata: {"delta":"text')
  })
})
