import { describe } from 'vitest'
import { indexedDbSuite } from './__fixtures__/indexed-db-bounds.ts'

describe('indexedDbTranscripts', () => {
  indexedDbSuite()
})
