import type { SignedUpload } from '@fluokit/core/wire'
import { describe, expect, it } from 'vitest'
import { apiKey, call, projectId, testRelay } from '../__fixtures__/test-relay.ts'
import { signature, uploadFluo } from '../__fixtures__/upload-fluo.ts'
import type { RelayUploads } from '../options/relay-uploads.ts'

const file = { op: 'upload', name: 'policy.pdf', mediaType: 'application/pdf', size: 12 }

async function setup(uploads: RelayUploads = {}, fluo = {}) {
  const upstream = await uploadFluo(fluo)
  return { upstream, ...testRelay(upstream.url, { uploads }) }
}

describe('issueUpload', () => {
  it('asks Fluo for a place with three fields and four headers, and seals its path', async () => {
    const { upstream, relay, log } = await setup()

    const response = await relay(call(file))

    expect(response.status).toBe(200)
    expect(response.headers.get('cache-control')).toBe('no-store')
    const answer = (await response.json()) as SignedUpload
    expect(answer).toEqual({
      ref: expect.stringMatching(/^2\.a\.[\w-]+$/) as unknown,
      url: `https://storage.example/put/project-5544/chat/blob_canary_1/policy?${signature}`,
      ticket: null,
      headers: { 'content-type': 'application/pdf' },
    })
    const [asked] = upstream.requests
    expect(asked).toMatchObject({
      method: 'POST',
      url: '/api/v1/uploads/request',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        'x-project-id': projectId,
        'x-api-key': apiKey,
      },
    })
    expect(JSON.parse(asked?.body ?? '')).toEqual({
      filename: 'policy.pdf',
      contentType: 'application/pdf',
      purpose: 'chat',
    })
    expect(log).toEqual([expect.objectContaining({ level: 'info', event: 'upload', status: 200 })])
  })
})
