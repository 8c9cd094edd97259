import { describe, expect, it } from 'vitest'
import { checkFiles } from './check-files.ts'

const hosts = ['files.example', 'other.example:8443']

describe('checkFiles', () => {
  it.each([
    'https://files.example/a.pdf?signature=x%2F1',
    'https://FILES.example/a.pdf',
    'https://other.example:8443/a',
    'https://files.example',
  ])('takes %s', (url) => {
    expect(() => checkFiles({ query: '', documents: [url] }, hosts)).not.toThrow()
  })

  it.each([
    'http://files.example/a.pdf',
    'https://evil.example/a.pdf',
    'https://files.example.evil.example/',
    'https://files.example@evil.example/',
    'https://files.example:443@evil.example/',
    'https://user@files.example/',
    'https://files.example\\@evil.example/',
    'https://files.example:8443/',
    'https://other.example/',
    'https:files.example/',
    'https:///files.example/',
    ' https://files.example/',
    'https://files.example/\n',
    'https://files.exam\tple/',
    'https://fıles.example/',
    'https://127.0.0.1/',
    'https://[::ffff:127.0.0.1]/',
    'https://2130706433/',
    'file:///etc/passwd',
    'data:text/plain,a',
    '',
  ])('refuses %j', (url) => {
    for (const name of ['documents', 'images', 'audios']) {
      expect(() => checkFiles({ query: '', [name]: [url] }, hosts)).toThrow('HTTP 422')
    }
  })

  it('refuses uploads, which this relay does not issue yet', () => {
    const file = { name: 'a', mediaType: 'text/plain', size: 1, ref: 'r' }

    expect(() => checkFiles({ query: '', images: [file] }, hosts)).toThrow('HTTP 422')
  })
})
