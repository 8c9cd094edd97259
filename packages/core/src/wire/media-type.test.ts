import { describe, expect, it } from 'vitest'
import { isListedType, mediaTypeOf } from './media-type.ts'
import { defaultUploadLimits } from './upload-limits.ts'

describe('mediaTypeOf', () => {
  it.each([
    ['a.pdf', 'application/pdf', 'application/pdf'],
    ['a.pdf', 'Application/PDF; version=1.7', 'application/pdf'],
    ['notes.MD', '', 'text/markdown'],
    ['notes.md', 'application/octet-stream', 'text/markdown'],
    ['a.pdf', 'text/plain', 'text/plain'],
    ['song.mp3', 'audio/mp3', 'audio/mpeg'],
    ['photo.jpg', 'image/jpg', 'image/jpeg'],
    ['archive.tar.gz', '', 'application/octet-stream'],
    ['README', '', 'application/octet-stream'],
    ['a.constructor', '', 'application/octet-stream'],
    ['a.__proto__', '', 'application/octet-stream'],
    ['', '', 'application/octet-stream'],
    ['.pdf', '', 'application/pdf'],
    ['figures.csv', 'application/vnd.ms-excel', 'text/csv'],
    ['figures.xls', 'application/vnd.ms-excel', 'application/vnd.ms-excel'],
    ['a', 'constructor', 'constructor'],
    ['a', '__proto__', '__proto__'],
  ])('calls %j that came as %j %s', (name, type, mediaType) => {
    expect(mediaTypeOf(name, type)).toBe(mediaType)
  })
})

describe('isListedType', () => {
  it('takes a type and a family', () => {
    expect(isListedType('image/png', ['image/*'])).toBe(true)
    expect(isListedType('application/pdf', ['image/*', 'application/pdf'])).toBe(true)
    expect(isListedType('application/pdfx', ['application/pdf'])).toBe(false)
    expect(isListedType('images/png', ['image/*'])).toBe(false)
  })

  it.each(['text/html', 'image/svg+xml', 'application/javascript', 'application/octet-stream'])(
    'takes no %s by default: it runs, or is anything',
    (mediaType) => {
      expect(isListedType(mediaType, defaultUploadLimits.mediaTypes)).toBe(false)
    },
  )
})
