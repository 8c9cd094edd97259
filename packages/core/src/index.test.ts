import { describe, expect, it } from 'vitest'
import * as core from './index.ts'
import * as indexedDb from './memory/indexed-db.ts'
import * as uploads from './uploads/index.ts'
import * as wire from './wire/index.ts'

describe('@fluokit/core', () => {
  it('exports these values', () => {
    expect(Object.keys(core).sort()).toEqual([
      'FluoFault',
      'createFluoClient',
      'decodeEvent',
      'defineTools',
      'emptyRun',
      'fluoTransport',
      'fold',
      'isBusy',
      'memoryStorage',
      'memoryTranscripts',
      'readSse',
      'relayTransport',
      'takesTurn',
      'textOf',
      'webStorage',
    ])
  })
})

describe('@fluokit/core/indexed-db', () => {
  it('exports these values', () => {
    expect(Object.keys(indexedDb)).toEqual(['indexedDbTranscripts'])
  })
})

describe('@fluokit/core/uploads', () => {
  it('exports these values', () => {
    expect(Object.keys(uploads).sort()).toEqual([
      'PutFault',
      'UploadFault',
      'ViewUrl',
      'createUploads',
      'fileLists',
      'fluoUploads',
      'kindOf',
      'relayUploads',
    ])
  })
})

describe('@fluokit/core/wire', () => {
  it('exports these values', () => {
    expect(Object.keys(wire).sort()).toEqual([
      'FluoFault',
      'createDecoder',
      'decodeEvent',
      'defaultUploadLimits',
      'encodeEvent',
      'encodeRunEnd',
      'errorFromResponse',
      'errorOf',
      'guardThread',
      'isListedType',
      'mediaTypeOf',
      'parseError',
      'parseEvent',
      'parseRunEnd',
      'parseSignedUpload',
      'readRefusal',
      'readSse',
      'readSseBatches',
      'runEndHeader',
      'uploadTicketHeader',
    ])
  })
})
