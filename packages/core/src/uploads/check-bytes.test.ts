import { describe, expect, it } from 'vitest'
import { checkBytes } from './check-bytes.ts'

async function codeOf(bytes: BlobPart, mediaType: string): Promise<string | null> {
  const thrown: unknown = await checkBytes(new Blob([bytes]), mediaType).then(
    () => null,
    (reason: unknown) => reason,
  )
  return thrown === null ? null : (thrown as { error: { code: string } }).error.code
}

const bytes = (...numbers: readonly number[]): Uint8Array<ArrayBuffer> => Uint8Array.from(numbers)
const word = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

describe('checkBytes', () => {
  it.each<[string, BlobPart, string]>([
    ['a PDF', '%PDF-1.7\n', 'application/pdf'],
    ['a PDF behind a line of some printer', '@PJL SET\r\n%PDF-1.4', 'application/pdf'],
    ['a PNG', bytes(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a), 'image/png'],
    ['a JPEG', bytes(0xff, 0xd8, 0xff, 0xe0), 'image/jpeg'],
    ['a WebP', 'RIFF\0\0\0\0WEBPVP8 ', 'image/webp'],
    ['a Word file', bytes(0x50, 0x4b, 3, 4), word],
    ['a text', 'Grüße', 'text/plain'],
    ['an empty list', '[]', 'application/json'],
    ['a text in UTF-16', bytes(0xff, 0xfe, 0x48, 0, 0x69, 0), 'text/plain'],
    ['anything of a type that is not known here', bytes(0, 1, 2), 'application/x-own'],
  ])('takes %s', async (_, content, mediaType) => {
    expect(await codeOf(content, mediaType)).toBeNull()
  })

  it.each<[string, BlobPart, string]>([
    ['a text that was named .pdf', 'Hello', 'application/pdf'],
    ['a PDF that was named .png', '%PDF-1.7', 'image/png'],
    ['a program that was named .txt', bytes(0x4d, 0x5a, 0x90, 0, 3), 'text/plain'],
    ['a page that was named .docx', '<html>', word],
  ])('refuses %s (F78)', async (_, content, mediaType) => {
    expect(await codeOf(content, mediaType)).toBe('mismatch')
  })

  it('says of a file that cannot be read that it cannot', async () => {
    const gone = new Blob(['x'])
    gone.slice = () => ({ arrayBuffer: () => Promise.reject(new Error('gone')) }) as unknown as Blob

    await expect(checkBytes(gone, 'text/plain')).rejects.toMatchObject({
      error: { code: 'unreadable' },
    })
  })
})
