import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { call, errorOf, start, testRelay } from '../__fixtures__/test-relay.ts'
import { checkFiles } from './check-files.ts'

const hosts = ['files.example', 'other.example:8443']
const lists = ['documents', 'images', 'audios'] as const

/** Whether a URL passes in each list that names files. */
function passes(url: string): boolean {
  const taken = lists.map((name) => {
    try {
      checkFiles({ query: '', [name]: [url] }, hosts, true)
      return true
    } catch {
      return false
    }
  })
  expect(new Set(taken).size).toBe(1)
  return taken[0] === true
}

/** What attackers write, by what they hope for. */
const corpus: Readonly<Record<string, readonly string[]>> = {
  'another scheme': [
    'http://files.example/a.pdf',
    'HTTP://files.example/a.pdf',
    'ftp://files.example/a',
    'file:///etc/passwd',
    'file://files.example/etc/passwd',
    'gopher://files.example:70/_a',
    'data:text/plain,a',
    'javascript:alert(1)',
    'blob:https://files.example/1',
    'ws://files.example/',
    'jar:https://files.example!/',
    'https+unix://files.example/',
    'view-source:https://files.example/',
    '//files.example/a.pdf',
    'files.example/a.pdf',
  ],
  'another host': [
    'https://evil.example/a.pdf',
    'https://files.example.evil.example/',
    'https://evil.example/files.example',
    'https://evil.example?https://files.example/',
    'https://evil.example#https://files.example/',
    'https://evilfiles.example/',
    'https://sub.files.example/',
    'https://files.exampl/',
    'https://files.examplee/',
    'https://files-example/',
    'https://filesxexample/',
  ],
  'a host behind a person': [
    'https://files.example@evil.example/',
    'https://files.example:443@evil.example/',
    'https://files.example%40evil.example/',
    'https://files.example%2f@evil.example/',
    'https://user@files.example/',
    'https://user:pass@files.example/',
    'https://@files.example/',
    'https://:@files.example/',
  ],
  'another port': [
    'https://files.example:8443/',
    'https://files.example:80/',
    'https://files.example:443/',
    'https://files.example:/',
    'https://files.example:22/',
    'https://files.example:+443/',
    'https://other.example/',
    'https://other.example:443/',
    'https://other.example:84430/',
    'https://other.example:8443:80/',
  ],
  'a parser that reads backslashes and slashes as it likes': [
    'https://files.example\\@evil.example/',
    'https://evil.example\\files.example/',
    'https:\\\\files.example/',
    'https:/\\files.example/',
    'https://files.example\\.evil.example/',
    'https:files.example/',
    'https:/files.example/',
    'https:///files.example/',
    'https:////files.example/',
  ],
  'characters that some parsers drop': [
    ' https://files.example/',
    'https://files.example/ ',
    'https://files.example/\n',
    'https://files.example/a\r\nx-api-key: mine',
    'https://files.exam\tple/',
    'ht\ntps://files.example/',
    'https://files.example\t.evil.example/',
    'https://files.example\u0000.evil.example/',
    'https://files.example/\u0000',
    '\u0000https://files.example/',
    'https://files.example\u00ad/',
    'https://files.example\u200b/',
    '\ufeffhttps://files.example/',
  ],
  'a dot that is none': [
    'https://files\u3002example/',
    'https://files\uff0eexample/',
    'https://files\uff61example/',
    'https://files%2eexample/',
    'https://files.example./',
    'https://files.example../',
    'https://.files.example/',
    'https://files..example/',
    'https://files.example%2e/',
  ],
  'letters that look or fold alike': [
    'https://fıles.example/',
    'https://ﬁles.example/',
    'https://ｆiles.example/',
    'https://fiⅼes.example/',
    'https://ﬁleſ.example/',
    'https://xn--fles-zpa.example/',
    'https://%66iles.example/',
  ],
  'an address inside': [
    'https://127.0.0.1/',
    'https://127.1/',
    'https://2130706433/',
    'https://0x7f000001/',
    'https://0x7f.0.0.1/',
    'https://0177.0.0.1/',
    'https://017700000001/',
    'https://0/',
    'https://localhost/',
    'https://[::1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::ffff:7f00:1]/',
    'https://[0:0:0:0:0:ffff:127.0.0.1]/',
    'https://[64:ff9b::7f00:1]/',
    'https://[fe80::1%25eth0]/',
    'https://[files.example]/',
    'https://169.254.169.254/latest/meta-data/',
    'https://metadata.google.internal/',
    'https://①②⑦.0.0.1/',
    'https://127.0.0.1.nip.example/',
  ],
  'nothing at all': [
    '',
    ' ',
    'https://',
    'https:',
    'https://?files.example',
    'https://#files.example',
  ],
}

describe('checkFiles', () => {
  it.each([
    'https://files.example/a.pdf?signature=x%2F1&at=2',
    'https://FILES.example/a.pdf',
    'HTTPS://files.example/a.pdf',
    'https://other.example:8443/a',
    'https://files.example',
    'https://files.example?a',
    'https://files.example#a',
    'https://files.example/a@b:c',
    'https://files.example/%00',
    'https://files.example/../../a',
  ])('takes %s, which is on a listed host (T10)', (url) => {
    expect(passes(url)).toBe(true)
  })

  it.each(Object.entries(corpus))('refuses a URL that hopes for %s (T10)', (_, urls) => {
    expect(urls.filter(passes)).toEqual([])
  })

  it('has been tried on more than a hundred URLs', () => {
    const urls = Object.values(corpus).flat()

    expect(urls.length).toBeGreaterThan(100)
    expect(new Set(urls).size).toBe(urls.length)
  })

  it('lets nothing through that the platform reads as another host, port or person (T10)', () => {
    const pieces = [
      'https://',
      'files.example',
      'other.example:8443',
      'evil.example',
      '@',
      ':',
      '/',
      '?',
      '#',
      '%2f',
      '%40',
      '.',
      '443',
      '8443',
      '[',
      ']',
      '127.0.0.1',
      'user',
      'HTTPS',
      '\\',
      '\t',
      ' ',
      '\u3002',
    ]
    const url = fc
      .array(fc.constantFrom(...pieces), { maxLength: 8 })
      .map((some) => `https://${some.join('')}`)
    let taken = 0
    fc.assert(
      fc.property(url, (text) => {
        if (!passes(text)) return
        taken += 1
        const { protocol, host, username, password } = new URL(text)
        expect(protocol).toBe('https:')
        expect(hosts).toContain(host)
        expect(username + password).toBe('')
      }),
      { numRuns: 3000 },
    )
    expect(taken).toBeGreaterThan(10)
  })

  it('takes no URL at all where no host is listed (T10)', () => {
    expect(() => checkFiles({ query: '', images: ['https://files.example/'] }, [], true)).toThrow(
      'HTTP 422',
    )
  })

  it('takes a file that was uploaded where the relay takes uploads, whatever its ref looks like', () => {
    const file = { name: 'a', mediaType: 'text/plain', size: 1, ref: 'http://127.0.0.1/a' }

    for (const name of lists) {
      expect(() => checkFiles({ query: '', [name]: [file] }, [], true)).not.toThrow()
      expect(() => checkFiles({ query: '', [name]: [file] }, hosts, false)).toThrow('HTTP 403')
    }
  })

  it.each(lists)(
    'says in the log which option lists the hosts of %s, and the browser nothing (T10)',
    async (name) => {
      const { relay, log } = testRelay('http://127.0.0.1:1', { fileHosts: hosts })
      const url = 'https://evil.example/a.pdf?signature=canary'

      const response = await relay(call(start({ input: { query: '', [name]: [url] } })))

      expect(response.status).toBe(422)
      expect(await errorOf(response)).toEqual({ code: 'invalid', status: 422 })
      expect(log.map(({ detail }) => detail)).toEqual([
        `A file in "${name}" is not an https URL on a host that the relay's option fileHosts lists.`,
      ])
    },
  )
})
