import { describe, expect, it } from 'vitest'
import { formatFileSize } from './format-file-size.ts'

describe('formatFileSize', () => {
  it.each([
    [0, '0 bytes'],
    [1, '1 byte'],
    [1023, '1,023 bytes'],
    [1024, '1 kB'],
    [1536, '1.5 kB'],
    [10_200, '10 kB'],
    [25 * 1024 ** 2, '25 MB'],
    [3 * 1024 ** 3, '3 GB'],
    [5000 * 1024 ** 3, '5,000 GB'],
  ])('writes %d as %s', (bytes, text) => {
    expect(formatFileSize(bytes)).toBe(text)
  })

  it('writes it in another language', () => {
    expect(formatFileSize(1536, 'de').replace(/\s/u, ' ')).toBe('1,5 kB')
  })
})
