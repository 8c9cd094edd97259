import { describe, expect, it } from 'vitest'
import { fileName } from './file-name.ts'

describe('fileName', () => {
  it.each([
    ['https://files.example/a/report.pdf', 'report.pdf'],
    ['https://files.example/a/Q3%20report.pdf?X-Signature=secret#page=2', 'Q3 report.pdf'],
    ['https://files.example/a/folder/', 'folder'],
    ['https://files.example/100%', '100%'],
    [
      'https://x.example/fetch/https%3A%2F%2Fb.example%2Fa%20b.pdf%3FX-Signature%3Dsecret',
      'a b.pdf',
    ],
    ['https://x.example/a%3Fsig%3Dsecret', 'a'],
    ['https://files.example/?token=secret', 'files.example'],
    ['https://me:secret@files.example/', 'files.example'],
    ['data:image/png;base64,c2VjcmV0', 'image/png'],
    ['', ''],
  ])('calls %j %j', (url, name) => {
    expect(fileName(url)).toBe(name)
  })

  it('takes the name of an upload', () => {
    const file = { name: 'a/b?.png', mediaType: 'image/png', size: 1, ref: 'secret' }
    expect(fileName(file)).toBe('a/b?.png')
  })
})
