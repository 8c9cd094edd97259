import { afterEach, describe, expect, it, vi } from 'vitest'
import { jsonOf, stubFetch } from '../__fixtures__/stub-fetch.ts'
import { fluoUploads } from './fluo-uploads.ts'

const baseUrl = 'https://proxy.example/fluo/'
const request = { name: 'a.pdf', mediaType: 'application/pdf', size: 5 }
const { signal } = new AbortController()

afterEach(() => void vi.unstubAllGlobals())

describe('fluoUploads', () => {
  it('asks by the documented contract, and puts with what the storage demands', async () => {
    const place = {
      fileId: 'f1',
      signedUrl: 'https://store.example/a?sig=1',
      blobPath: 'chat/a.pdf',
    }
    const { fetch, calls } = stubFetch(jsonOf(200, place), new Response(null, { status: 201 }))
    const uploads = fluoUploads({
      baseUrl,
      fetch,
      headers: () => ({ 'x-project-id': 'p' }),
      putHeaders: ({ size }) => ({ 'x-blob-size': String(size) }),
    })

    const upload = await uploads.request(request, signal)
    await uploads.put(upload, new File(['hello'], 'a.pdf'), { signal, onProgress: () => undefined })

    expect(upload.ref).toBe('chat/a.pdf')
    expect(calls[0]).toMatchObject({
      url: 'https://proxy.example/fluo/api/v1/uploads/request',
      body: { filename: 'a.pdf', contentType: 'application/pdf', purpose: 'chat' },
    })
    expect(calls[1]?.url).toBe(place.signedUrl)
    expect(Object.fromEntries(calls[1]?.headers ?? [])).toEqual({
      'content-type': 'application/pdf',
      'x-blob-size': '5',
    })
  })

  it('asks where a file can be seen', async () => {
    const { fetch, calls } = stubFetch(jsonOf(200, { viewUrl: 'https://store.example/a' }))

    expect(await fluoUploads({ baseUrl, fetch }).view('chat/a b', signal)).toBe(
      'https://store.example/a',
    )
    expect(calls[0]?.url).toBe(
      'https://proxy.example/fluo/api/v1/uploads/view-url?blobPath=chat%2Fa%20b',
    )
  })

  it('refuses the key in a browser, before it asks', async () => {
    vi.stubGlobal('document', {})
    const { fetch, calls } = stubFetch(jsonOf(200, {}))
    const uploads = fluoUploads({ baseUrl, fetch, headers: () => ({ 'x-api-key': 'k' }) })

    await expect(uploads.request(request, signal)).rejects.toMatchObject({
      error: { code: 'invalid' },
    })
    await expect(uploads.view('a', signal)).rejects.toThrow(/browser/)
    expect(calls).toEqual([])
  })

  it('takes no answer without a place', async () => {
    const { fetch } = stubFetch(jsonOf(200, { fileId: 'f1', signedUrl: 'https://x.example' }))

    await expect(fluoUploads({ baseUrl, fetch }).request(request, signal)).rejects.toMatchObject({
      error: { code: 'upstream' },
    })
  })
})
