import { request } from 'node:http'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import { post, start } from '../__fixtures__/call-stand-in.ts'
import { askView, issue, put, upload, viewOf } from '../__fixtures__/upload.ts'

/** What the storage's XML says. */
async function codeOf(response: Response): Promise<string> {
  expect(response.headers.get('content-type')).toBe('application/xml')
  return /<Code>(\w+)<\/Code>/.exec(await response.text())?.[1] ?? ''
}

describe('StandInStorage', () => {
  it('takes the bytes of a signed URL and shows them again', async () => {
    const standIn = await start()

    const { fileId, signedUrl, blobPath } = await issue(standIn)
    expect(fileId).toMatch(/^file_[0-9a-f]{32}$/)
    expect(blobPath).toBe(`chat/${fileId}/policy.md`)
    expect((await put(signedUrl)).status).toBe(200)
    const shown = await fetch(await viewOf(standIn, blobPath))

    expect(await shown.text()).toBe('Be kind.')
    expect(shown.headers.get('content-type')).toBe('text/markdown')
    expect(shown.headers.get('x-content-type-options')).toBe('nosniff')
    expect(standIn.storage.files).toEqual([
      { blobPath, name: 'policy.md', mediaType: 'text/markdown', size: 8 },
    ])
  })

  it('is an origin of its own', async () => {
    const standIn = await start()

    const { signedUrl } = await issue(standIn)

    expect(new URL(signedUrl).origin).toBe(standIn.storage.url)
    expect(standIn.storage.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    expect(standIn.storage.url).not.toBe(standIn.url)
  })

  it('says in a URL how long it is good for', async () => {
    const standIn = await start({ storage: { uploadUrlMs: 90_000 } })

    const { searchParams } = new URL((await issue(standIn)).signedUrl)

    expect(searchParams.get('X-Amz-Expires')).toBe('90')
    expect(searchParams.get('X-Amz-Date')).toMatch(/^\d{8}T\d{6}Z$/)
    expect(searchParams.get('X-Amz-Signature')).toMatch(/^[0-9a-f]{64}$/)
  })

  it.each([
    ['no name', { contentType: 'text/plain', purpose: 'chat' }, ['body', 'filename']],
    ['an empty name', { filename: '', contentType: 'a/b', purpose: 'chat' }, ['body', 'filename']],
    ['no type', { filename: 'a', purpose: 'chat' }, ['body', 'contentType']],
    [
      'a type that is none',
      { filename: 'a', contentType: 1, purpose: 'chat' },
      ['body', 'contentType'],
    ],
    ['no purpose', { filename: 'a', contentType: 'a/b' }, ['body', 'purpose']],
    ['another purpose', { filename: 'a', contentType: 'a/b', purpose: 'x' }, ['body', 'purpose']],
    ['a list', ['a'], ['body']],
  ])('refuses to issue for %s with 422', async (_name, body, loc) => {
    const response = await post(await start(), { path: '/api/v1/uploads/request', body })

    expect(response.status).toBe(422)
    expect(await response.json()).toMatchObject({ detail: [{ loc }], type: 'ValidationError' })
  })

  it('wants credentials for what Fluo answers, and the right method', async () => {
    const standIn = await start()
    const path = '/api/v1/uploads/request'

    expect((await post(standIn, { path, headers: { 'x-api-key': 'guess' } })).status).toBe(401)
    expect((await fetch(`${standIn.url}/api/v1/uploads/view-url?blobPath=a`)).status).toBe(401)
    expect((await fetch(standIn.url + path)).headers.get('allow')).toBe('POST')
  })

  it('has no view URL for a file that is not there', async () => {
    const standIn = await start()
    const { blobPath } = await issue(standIn)

    expect((await askView(standIn, '?blobPath=chat/other')).status).toBe(404)
    expect((await askView(standIn, `?blobPath=${blobPath}`)).status).toBe(404)
    expect(standIn.requests.at(-1)).toMatchObject({ query: { blobPath }, status: 404 })
    const without = await askView(standIn, '')
    expect(without.status).toBe(422)
    expect(await without.json()).toMatchObject({ detail: [{ loc: ['query', 'blobPath'] }] })
  })

  it.each([
    ['another type', (url: string) => put(url, { headers: { 'content-type': 'text/html' } })],
    ['another file', (url: string) => put(url.replace('policy.md', 'other.md'))],
    ['a longer time', (url: string) => put(url.replace('Expires=600', 'Expires=6000'))],
    ['no signature', (url: string) => put(url.replace(/&X-Amz-Signature=.*/, ''))],
    ['another method', (url: string) => fetch(url)],
  ])('refuses a signed URL with %s', async (_name, use) => {
    const standIn = await start()

    const response = await use((await issue(standIn)).signedUrl)

    expect(response.status).toBe(403)
    expect(await codeOf(response)).toBe('SignatureDoesNotMatch')
    expect(standIn.storage.files).toEqual([])
  })

  it('refuses URLs whose time is over', async () => {
    const standIn = await start({ storage: { uploadUrlMs: 0, viewUrlMs: 0 } })

    const response = await put((await issue(standIn)).signedUrl)

    expect(response.status).toBe(403)
    expect(await codeOf(response)).toBe('AccessDenied')
  })

  it('lets all URLs expire that were issued so far', async () => {
    const standIn = await start()
    const { viewUrl, blobPath } = await upload(standIn)
    const { signedUrl } = await issue(standIn)

    standIn.storage.expireUrls()

    expect(await codeOf(await put(signedUrl))).toBe('AccessDenied')
    expect((await fetch(viewUrl)).status).toBe(403)
    expect((await fetch(await viewOf(standIn, blobPath))).status).toBe(200)
  })

  it.each(['x-api-key', 'x-project-id', 'cookie', 'authorization'])(
    'refuses a PUT that brings the header %s along',
    async (name) => {
      const standIn = await start()

      const response = await put((await issue(standIn)).signedUrl, { headers: { [name]: 'a' } })

      expect(response.status).toBe(400)
      expect(await codeOf(response)).toBe('InvalidRequest')
    },
  )

  it('refuses to show a file to whoever brings the key along', async () => {
    const { viewUrl } = await upload(await start())

    expect((await fetch(viewUrl, { headers: { 'x-api-key': 'a' } })).status).toBe(400)
  })

  it('refuses a body of unknown length', async () => {
    const { signedUrl } = await issue(await start())

    const response = await put(signedUrl, { body: new Blob(['Be kind.']).stream() })

    expect(response.status).toBe(411)
    expect(await codeOf(response)).toBe('MissingContentLength')
  })

  it('refuses a file that is too large', async () => {
    const { signedUrl } = await issue(await start({ storage: { largestFile: 7 } }))

    expect(await codeOf(await put(signedUrl))).toBe('EntityTooLarge')
  })

  it('takes nothing without the header that it demands', async () => {
    const demandedHeader = { name: 'x-ms-blob-type', value: 'BlockBlob' }
    const standIn = await start({ storage: { demandedHeader } })
    const { signedUrl } = await issue(standIn)

    expect(await codeOf(await put(signedUrl))).toBe('MissingRequiredHeader')
    const headers = { 'x-ms-blob-type': 'BlockBlob' }
    expect((await put(signedUrl, { headers })).status).toBe(200)
  })

  it('fails the next calls as often as it is told to', async () => {
    const standIn = await start()
    const { signedUrl, blobPath } = await issue(standIn)
    const { storage } = standIn

    storage.failNext('put', { status: 500, times: 2 })
    storage.failNext('view')
    storage.failNext('request', { status: 429 })

    const statuses: number[] = []
    for (let i = 0; i < 3; i += 1) statuses.push((await put(signedUrl)).status)
    expect(statuses).toEqual([500, 500, 200])
    expect((await askView(standIn, `?blobPath=${blobPath}`)).status).toBe(503)
    expect((await askView(standIn, `?blobPath=${blobPath}`)).status).toBe(200)
    const body = { filename: 'a', contentType: 'a/b', purpose: 'chat' }
    const path = '/api/v1/uploads/request'
    expect((await post(standIn, { path, body })).status).toBe(429)
    expect((await post(standIn, { path, body })).status).toBe(200)
  })

  it('drops the connection of a PUT midway', async () => {
    const standIn = await start()
    const { signedUrl } = await issue(standIn)
    const body = 'a'.repeat(1_000_000)

    standIn.storage.dropNextPut()

    await expect(put(signedUrl, { body })).rejects.toThrow('fetch failed')
    const [dropped] = standIn.storage.puts
    expect(await dropped?.ended).toBe(null)
    expect(dropped?.bytes).toBeGreaterThanOrEqual(500_000)
    expect(standIn.storage.files).toEqual([])
    expect((await put(signedUrl, { body })).status).toBe(200)
  })

  it('keeps nothing of a PUT that its sender leaves', async () => {
    const standIn = await start({ storage: { bytesPerSecond: 1000 } })
    const { signedUrl } = await issue(standIn)
    const next = standIn.storage.nextPut()

    const sending = request(signedUrl, {
      method: 'PUT',
      headers: { 'content-type': 'text/markdown', 'content-length': 100_000 },
    })
    sending.on('error', () => undefined)
    sending.write('a'.repeat(500))
    const arrived = await next
    sending.destroy()

    expect(await arrived.ended).toBe(null)
    await standIn.idle()
    expect(standIn.storage.files).toEqual([])
  })

  it('takes bytes as slowly as it is told to, until it is told otherwise', async () => {
    const standIn = await start({ storage: { bytesPerSecond: 1 } })
    const { signedUrl } = await issue(standIn)
    const next = standIn.storage.nextPut()

    const sending = request(signedUrl, {
      method: 'PUT',
      headers: { 'content-type': 'text/markdown', 'content-length': 20 },
    })
    const answered = new Promise<number | undefined>((resolve) => {
      sending.on('response', ({ statusCode }) => resolve(statusCode))
    })
    sending.write('a') // a second
    const arrived = await next
    expect(arrived.status).toBe(null)
    standIn.storage.set({ bytesPerSecond: Infinity })
    sending.end('a'.repeat(19))

    expect(await answered).toBe(200)
    expect(arrived.bytes).toBe(20)
  })

  it('records PUTs, also those that it refuses', async () => {
    const standIn = await start()
    const { signedUrl, blobPath } = await issue(standIn)

    await put(signedUrl)
    await put(signedUrl, { headers: { 'content-type': 'text/plain' } })

    expect(standIn.storage.puts).toMatchObject([
      { path: `/files/${blobPath}`, bytes: 8, status: 200, headers: { 'content-length': '8' } },
      { bytes: 0, status: 403, headers: { 'content-type': 'text/plain' } },
    ])
  })

  it('lets pages of any origin in', async () => {
    const { signedUrl } = await issue(await start())
    const origin = 'http://page.example'

    const preflight = await fetch(signedUrl, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'PUT',
        'access-control-request-headers': 'content-type,x-api-key',
      },
    })
    const stored = await put(signedUrl, { headers: { origin } })

    expect(preflight.status).toBe(204)
    expect(preflight.headers.get('access-control-allow-methods')).toContain('PUT')
    expect(preflight.headers.get('access-control-allow-headers')).toBe('content-type,x-api-key')
    expect(stored.headers.get('access-control-allow-origin')).toBe('*')
    expect(stored.headers.get('access-control-allow-credentials')).toBe(null)
  })

  it('lets no page in without CORS', async () => {
    const { signedUrl } = await issue(await start({ storage: { cors: false } }))
    const origin = 'http://page.example'

    const preflight = await fetch(signedUrl, { method: 'OPTIONS', headers: { origin } })
    const stored = await put(signedUrl, { headers: { origin } })

    expect(preflight.status).toBe(403)
    expect(stored.headers.get('access-control-allow-origin')).toBe(null)
  })

  it.each([
    ['bytes=0-1', 206, 'Be', 'bytes 0-1/8'],
    ['bytes=3-', 206, 'kind.', 'bytes 3-7/8'],
    ['bytes=-5', 206, 'kind.', 'bytes 3-7/8'],
    ['bytes=3-99', 206, 'kind.', 'bytes 3-7/8'],
    ['bytes=0-1,3-4', 200, 'Be kind.', null],
  ])('answers the range %s', async (range, status, text, contentRange) => {
    const { viewUrl } = await upload(await start())

    const response = await fetch(viewUrl, { headers: { range } })

    expect(response.status).toBe(status)
    expect(await response.text()).toBe(text)
    expect(response.headers.get('content-range')).toBe(contentRange)
  })

  it('has nothing behind the end of a file', async () => {
    const { viewUrl } = await upload(await start())

    const response = await fetch(viewUrl, { headers: { range: 'bytes=8-' } })

    expect(response.status).toBe(416)
    expect(response.headers.get('content-range')).toBe('bytes */8')
  })

  it('makes of any name a path that leads nowhere else', async () => {
    const standIn = await start()
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', minLength: 1 }), async (filename) => {
        const { pathname } = new URL((await issue(standIn, { filename })).signedUrl)

        expect(pathname).toMatch(/^\/files\/chat\/file_[0-9a-f]{32}\/[^/]+$/)
      }),
      { numRuns: 30, examples: [['..'], ['/'], ['..%2f..'], ['\\..\\..']] },
    )
  })

  it.each([
    ['..', 'file'],
    ['a"b\r\nset-cookie: c', 'a"b__set-cookie: c'],
    ["o'brien (2)*.pdf", "o'brien (2)*.pdf"],
    ['Grüße 👋.md', 'Grüße 👋.md'],
    ['folder/../policy.md', 'folder_.._policy.md'],
  ])('shows a file called %j by a name that ends no header', async (filename, name) => {
    const { viewUrl } = await upload(await start(), { filename })

    const shown = await fetch(viewUrl, { method: 'HEAD' })

    const disposition = shown.headers.get('content-disposition') ?? ''
    const [, encoded = ''] = /^inline; filename\*=UTF-8''([\w%.~!-]+)$/.exec(disposition) ?? []
    expect(decodeURIComponent(encoded)).toBe(name)
  })

  it('keeps files beside the state file beyond a restart', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'stand-in-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const stateFile = join(folder, 'state.json')
    const before = await start({ stateFile })
    const { blobPath, viewUrl } = await upload(before)
    await before.close()

    const after = await start({ stateFile })

    expect(await (await fetch(await viewOf(after, blobPath))).text()).toBe('Be kind.')
    const oldUrl = viewUrl.replace(before.storage.url, after.storage.url)
    expect((await fetch(oldUrl)).status).toBe(403)
    expect(readdirSync(join(folder, 'state.json.files')).join()).not.toContain('policy')
  })
})
