import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { servePage } from './serve-page.ts'

async function serve(files: string): Promise<string> {
  const page = new Map<string, string | Uint8Array>([
    ['/index.html', '<title>Page</title>'],
    ['/policies/a.pdf', new Uint8Array([37, 80, 68, 70])],
    ['/policies/a.md', '# Policy'],
  ])
  const server = createServer(servePage(page, { files }))
  onTestFinished(() => void server.close())
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

describe('servePage', () => {
  it('lets the page reach the storage and no other place', async () => {
    const response = await fetch(await serve('http://127.0.0.1:4711'))

    const policy = response.headers.get('content-security-policy')?.split('; ')
    expect(policy).toContain("default-src 'self'")
    expect(policy).toContain("connect-src 'self' http://127.0.0.1:4711")
    expect(policy).toContain("img-src 'self' data: blob: http://127.0.0.1:4711")
  })

  it.each([
    ['/policies/a.pdf', 'application/pdf', '%PDF'],
    ['/policies/a.md', 'text/markdown; charset=utf-8', '# Policy'],
  ])('hands out %s as a file', async (path, type, content) => {
    const response = await fetch((await serve('https:')) + path)

    expect(response.headers.get('content-type')).toBe(type)
    expect(response.headers.get('content-disposition')).toBe('attachment')
    expect(await response.text()).toBe(content)
  })
})
