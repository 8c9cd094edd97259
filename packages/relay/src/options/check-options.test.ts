import { describe, expect, it } from 'vitest'
import { apiKey, projectId, sealKey } from '../__fixtures__/test-relay.ts'
import { createRelay } from '../create-relay.ts'
import type { RelayOptions } from './relay-options.ts'

const ascending = Uint8Array.from({ length: 32 }, (_, index) => index)
const otherKey = Uint8Array.from(sealKey).reverse()

const good: RelayOptions = {
  apiKey,
  projectId,
  agents: ['helper'],
  sealKeys: [{ id: 'a', key: sealKey }],
  authorize: () => null,
}

describe('createRelay', () => {
  it.each<[string, Partial<Record<keyof RelayOptions, unknown>>, RegExp]>([
    ['no key', { apiKey: '' }, /apiKey/],
    ['a key with a line end', { apiKey: 'sk-canary\n' }, /apiKey/],
    ['no project', { projectId: undefined }, /projectId/],
    ['no agents', { agents: [] }, /agents/],
    ['an agent that walks the path', { agents: ['..'] }, /agents/],
    ['no seal keys', { sealKeys: [] }, /sealKeys/],
    ['a short seal key', { sealKeys: [{ id: 'a', key: sealKey.slice(1) }] }, /32 bytes/],
    ['a long seal key', { sealKeys: [{ id: 'a', key: new Uint8Array(33) }] }, /32 bytes/],
    ['a seal key of zeros', { sealKeys: [{ id: 'a', key: new Uint8Array(32) }] }, /random/],
    ['a seal key with a dotted name', { sealKeys: [{ id: 'a.b', key: sealKey }] }, /id/],
    [
      'two seal keys of one name',
      { sealKeys: [good.sealKeys[0], { id: 'a', key: otherKey }] },
      /own/,
    ],
    [
      'one key of two names',
      { sealKeys: [good.sealKeys[0], { id: 'b', key: Uint8Array.from(sealKey) }] },
      /another/,
    ],
    ['a weak second key', { sealKeys: [good.sealKeys[0], { id: 'b', key: ascending }] }, /random/],
    ['handles that live no time', { threadLifetimeMs: 0 }, /threadLifetimeMs/],
    ['handles that live for ever', { threadLifetimeMs: Infinity }, /threadLifetimeMs/],
    ['handles that live a word', { threadLifetimeMs: '1 day' }, /threadLifetimeMs/],
    ['a negative grace', { graceMs: -1 }, /graceMs/],
    ['a grace for ever', { graceMs: Infinity }, /graceMs/],
    ['no authorize', { authorize: undefined }, /authorize/],
    ['plain http', { baseUrl: 'http://fluo.example' }, /https/],
    ['http on what only looks like loopback', { baseUrl: 'http://127.0.0.1.example' }, /https/],
    ['credentials in the URL', { baseUrl: 'https://user:secret-pass@fluo.example' }, /https/],
    ['an origin of everybody', { origins: ['*'] }, /origins/],
    ['an origin with a star', { origins: ['https://*.canary.example'] }, /origins/],
    ['an origin with a path', { origins: ['https://canary.example/app'] }, /origins/],
    ['an origin with a slash', { origins: ['https://canary.example/'] }, /origins/],
    ['an origin in capitals', { origins: ['https://CANARY.example'] }, /origins/],
    ['an origin with its own port', { origins: ['https://canary.example:443'] }, /origins/],
    ['an origin without a scheme', { origins: ['canary.example'] }, /origins/],
    ['an origin that is null', { origins: ['null'] }, /origins/],
    ['an origin with a person', { origins: ['https://ann@canary.example'] }, /origins/],
    ['one origin that is no list', { origins: 'https://canary.example' }, /origins/],
    ['a limit of nothing', { limits: { bodyBytes: 0 } }, /limits\.bodyBytes/],
    ['a limit that is not known', { limits: { canary: 1 } }, /limits/],
    ['a file host in capitals', { fileHosts: ['CANARY.example'] }, /fileHosts/],
    ['a file host with a scheme', { fileHosts: ['https://canary.example'] }, /fileHosts/],
    ['a file host with a dot at its end', { fileHosts: ['canary.example.'] }, /fileHosts/],
    ['a file host with the port of https', { fileHosts: ['canary.example:443'] }, /fileHosts/],
    ['a file host that is a number', { fileHosts: ['2130706433'] }, /fileHosts/],
    ['a file host with a star', { fileHosts: ['*.canary.example'] }, /fileHosts/],
    ['a file host that is no text', { fileHosts: [1] }, /fileHosts/],
    ['one file host that is no list', { fileHosts: 'canary.example' }, /fileHosts/],
    ['a file host with a path', { fileHosts: ['files.example/path'] }, /fileHosts/],
    ['uploads that are a word', { uploads: 'canary' }, /uploads/],
    ['uploads that are null', { uploads: null }, /uploads/],
    ['an option of uploads that is none', { uploads: { canary: 1 } }, /uploads/],
    ['uploads somewhere else', { uploads: { upload: 'canary' } }, /uploads\.upload/],
    ['files of no byte', { uploads: { fileBytes: 0 } }, /uploads\.fileBytes/],
    ['files of half a byte', { uploads: { fileBytes: 0.5 } }, /uploads\.fileBytes/],
    ['files without end', { uploads: { fileBytes: Infinity } }, /uploads\.fileBytes/],
    ['no media type', { uploads: { mediaTypes: [] } }, /uploads\.mediaTypes/],
    ['one media type', { uploads: { mediaTypes: 'image/png' } }, /uploads\.mediaTypes/],
    ['every media type', { uploads: { mediaTypes: ['*/*'] } }, /uploads\.mediaTypes/],
    ['a media type in capitals', { uploads: { mediaTypes: ['image/PNG'] } }, /uploads\.mediaTypes/],
    ['half a media type', { uploads: { mediaTypes: ['image'] } }, /uploads\.mediaTypes/],
    ['an ending', { uploads: { mediaTypes: ['.pdf'] } }, /uploads\.mediaTypes/],
    ['a parameter', { uploads: { mediaTypes: ['text/plain;a=b'] } }, /uploads\.mediaTypes/],
    ['no upload an hour', { uploads: { perHour: 0 } }, /uploads\.perHour/],
    ['any number of uploads an hour', { uploads: { perHour: Infinity } }, /uploads\.perHour/],
    ['a hook that is none', { uploads: { beforeUpload: 'canary' } }, /uploads\.beforeUpload/],
    ...[
      { 'x-api-key': 'canary' },
      { 'X-Project-Id': 'canary' },
      { Authorization: 'Bearer canary' },
      { 'Proxy-Authorization': 'canary' },
      { cookie: 'canary=1' },
      { 'content-type': 'text/canary' },
      { 'Content-Length': '12' },
      { 'transfer-encoding': 'chunked' },
      { connection: 'close' },
      { expect: '100-continue' },
      { host: 'canary.example' },
      { origin: 'https://canary.example' },
      { 'sec-fetch-site': 'none' },
      { 'access-control-request-method': 'PUT' },
      { 'fluokit-upload': 'canary' },
      { 'x canary': '1' },
      { 'x-canary:': '1' },
      { '': 'canary' },
      { 'x-á': '1' },
      { 'x-a': 'a\r\ncanary: 1' },
      { 'x-a': 'caná' },
      { 'x-a': ' canary' },
      { 'x-a': '' },
      { 'x-a': 1 },
      { 'x-a': 'canary'.repeat(100) },
      { 'x-a': `Key ${apiKey}` },
      Object.fromEntries(Array.from({ length: 17 }, (_, index) => [`x-${index}`, 'canary'])),
      ['canary'],
      'canary',
      null,
    ].map((headers): [string, object, RegExp] => [
      `the headers ${JSON.stringify(headers).slice(0, 40)} for a storage`,
      { uploads: { headers } },
      /uploads\.headers/,
    ]),
  ])('refuses to start with %s, in one sentence without values (T07)', (_, wrong, sentence) => {
    const make = (): unknown => createRelay({ ...good, ...wrong } as RelayOptions)

    expect(make).toThrow(sentence)
    expect(make).toThrow(/^[^.]*(\.[^.\s][^.]*)*\.$/)
    expect(make).not.toThrow(/canary|secret-pass/)
  })

  it.each([
    {},
    { upload: 'direct' as const, fileBytes: 1, perHour: 10_000 },
    { upload: 'relay' as const, mediaTypes: ['image/*', 'application/vnd.ms-excel'] },
    { headers: { 'X-Ms-Blob-Type': 'BlockBlob', 'x-goog-content-length-range': '0,1024' } },
    { headers: () => ({}), beforeUpload: () => undefined },
  ])('takes uploads of %j', (uploads) => {
    expect(() => createRelay({ ...good, uploads })).not.toThrow()
  })

  it('takes plain http on loopback', () => {
    expect(() => createRelay({ ...good, baseUrl: 'http://127.0.0.1:4000' })).not.toThrow()
  })

  it('takes exact origins, with a port that is not their own', () => {
    const origins = ['https://app.example.com', 'http://localhost:5173', 'https://[::1]:8443']

    expect(() => createRelay({ ...good, origins })).not.toThrow()
  })
})
